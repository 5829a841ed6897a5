package main

import (
	"context"
	"time"
)

func main() {
	ctx := context.WithTimeout(context.Background(), time.Second)
	ctx, cancel := context.WithCancel()
	cancel(1)
	ctx.Done
	<-ctx.Err()
	ctx, _ = context.WithTimeout(ctx, 1.5)
	var d time.Duration = 2.5 * time.Second
	n := 3
	time.Sleep(n * time.Second)
	_ = d
}
