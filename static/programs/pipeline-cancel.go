//lockstep:title A pipeline that can be left
//lockstep:topic Pools and pipelines
//lockstep:about Every stage also watches the context, so that all of them go home when the consumer does.
//lockstep:pair pipeline-leak
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"time"
)

func generate(ctx context.Context, out chan<- int) {
	defer close(out)
	for n := 1; n <= 5; n++ {
		select {
		case out <- n:
		case <-ctx.Done():
			return
		}
	}
}

func square(ctx context.Context, in <-chan int, out chan<- int) {
	defer close(out)
	for n := range in {
		select {
		case out <- n * n:
		case <-ctx.Done():
			return
		}
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	numbers, squares := make(chan int), make(chan int)
	go generate(ctx, numbers)
	go square(ctx, numbers, squares)
	fmt.Println("the first square is", <-squares)
	cancel()
	time.Sleep(time.Second) // main has other things to do
}
