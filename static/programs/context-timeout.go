//lockstep:title A limit in time
//lockstep:topic Context
//lockstep:about Whichever comes first, the answer or the deadline. The error tells that it was the deadline.
//lockstep:expect completed

package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func lookUp(ctx context.Context, takes time.Duration) error {
	select {
	case <-time.After(takes):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("looking up: %w", ctx.Err())
	}
}

func try(takes time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	err := lookUp(ctx, takes)
	fmt.Println(takes, "- error:", err, "- deadline:", errors.Is(err, context.DeadlineExceeded))
}

func main() {
	try(300 * time.Millisecond)
	try(3 * time.Second)
}
