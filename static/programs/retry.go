//lockstep:title Retry with growing pauses
//lockstep:topic Context
//lockstep:about Each pause is twice as long; a cancel ends it at once.
//lockstep:pair retry-deaf
//lockstep:expect completed

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errDown = errors.New("service is down")

func call(attempt int) error {
	if attempt < 9 {
		return errDown
	}
	return nil
}

func retry(ctx context.Context) error {
	pause := 100 * time.Millisecond
	for attempt := 1; ; attempt++ {
		err := call(attempt)
		if err == nil {
			return nil
		}
		fmt.Println("attempt", attempt, "failed, next in", pause)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return fmt.Errorf("gave up: %w (%w)", err, ctx.Err())
		}
		pause *= 2
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	start := time.Now()
	err := retry(ctx)
	fmt.Println(err, "after", time.Since(start))
}
