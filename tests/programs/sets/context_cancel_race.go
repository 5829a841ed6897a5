package main

import (
	"context"
	"fmt"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	results := make(chan int, 1)
	results <- 1
	cancel()
	select {
	case <-ctx.Done():
		fmt.Println(ctx.Err())
	case v := <-results:
		fmt.Println("result", v)
	}
}
