//lockstep:title Cancelled by a closed channel
//lockstep:topic Select
//lockstep:about The worker looks at two channels at once: the next piece of work, and the end of all work.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

func worker(tasks <-chan string, quit <-chan struct{}, done chan<- int) {
	finished := 0
	for {
		select {
		case <-tasks:
			time.Sleep(time.Second)
			finished++
		case <-quit:
			done <- finished
			return
		}
	}
}

func main() {
	tasks := make(chan string, 10)
	for range 10 {
		tasks <- "task"
	}
	quit, done := make(chan struct{}), make(chan int)
	go worker(tasks, quit, done)
	time.Sleep(3500 * time.Millisecond)
	close(quit)
	n := <-done
	fmt.Println("stopped in time:", n >= 4)
}
