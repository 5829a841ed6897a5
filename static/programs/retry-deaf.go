//lockstep:title Sleeping through the cancel
//lockstep:topic Context
//lockstep:about The pause is a plain Sleep: the cancel is noticed only when it is over, long after the deadline.
//lockstep:pair retry
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
		time.Sleep(pause) // hears nothing
		if ctx.Err() != nil {
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
