//lockstep:title Ignoring the cancel
//lockstep:topic Context
//lockstep:about The worker never looks at its context, so cancelling does nothing and main waits for ever.
//lockstep:pair graceful-stop
//lockstep:expect deadlock

package main

import (
	"context"
	"fmt"
	"sync"
)

func worker(ctx context.Context, tasks <-chan int, wg *sync.WaitGroup) {
	defer wg.Done()
	for task := range tasks { // ctx.Done() is not watched
		fmt.Println("task", task)
	}
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	tasks := make(chan int)
	var wg sync.WaitGroup
	wg.Add(1)
	go worker(ctx, tasks, &wg)
	tasks <- 1
	tasks <- 2
	cancel()
	wg.Wait()
	fmt.Println("stopped")
}
