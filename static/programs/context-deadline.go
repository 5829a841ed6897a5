//lockstep:title A deadline for several steps
//lockstep:topic Context
//lockstep:about Each step asks how much time is left; the deadline is the same for all of them.
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"time"
)

func step(ctx context.Context, name string, takes time.Duration) error {
	deadline, _ := ctx.Deadline()
	fmt.Println(name, "has", time.Until(deadline), "left")
	select {
	case <-time.After(takes):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", name, ctx.Err())
	}
}

func main() {
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(time.Second))
	defer cancel()
	for _, name := range []string{"parse", "check", "compile", "link"} {
		if err := step(ctx, name, 400*time.Millisecond); err != nil {
			fmt.Println(err)
			return
		}
	}
}
