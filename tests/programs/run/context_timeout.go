package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

func slow(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return fmt.Errorf("slow: %w", ctx.Err())
	}
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	deadline, ok := ctx.Deadline()
	fmt.Println(ok, time.Until(deadline) <= 30*time.Millisecond)
	fmt.Println(slow(ctx, time.Millisecond))
	err := slow(ctx, time.Second)
	fmt.Println(err, errors.Is(err, context.DeadlineExceeded))
	var timeout interface{ Timeout() bool }
	fmt.Println(errors.As(err, &timeout) && timeout.Timeout())
	shorter, cancel2 := context.WithTimeout(ctx, time.Hour)
	defer cancel2()
	fmt.Println(shorter.Err())
}
