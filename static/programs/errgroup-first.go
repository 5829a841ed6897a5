//lockstep:title The first error stops the rest
//lockstep:topic Limits
//lockstep:about One download fails. The group cancels its context, and the others stop instead of going on for nothing.
//lockstep:expect completed

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

var errGone = errors.New("gone")

func download(ctx context.Context, file string, takes time.Duration) error {
	select {
	case <-time.After(takes):
		if file == "b.txt" {
			return fmt.Errorf("%s: %w", file, errGone)
		}
		fmt.Println(file, "is here")
		return nil
	case <-ctx.Done():
		fmt.Println(file, "stopped:", context.Cause(ctx))
		return ctx.Err()
	}
}

func main() {
	group, ctx := errgroup.WithContext(context.Background())
	for i, file := range []string{"a.txt", "b.txt", "c.txt"} {
		group.Go(func() error {
			return download(ctx, file, time.Duration(i+1)*time.Second)
		})
	}
	err := group.Wait()
	fmt.Println("result:", err, "-", errors.Is(err, errGone))
}
