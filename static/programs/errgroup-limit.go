//lockstep:title An error group with a limit
//lockstep:topic Limits
//lockstep:about Go waits until fewer than two run, so main itself is slowed down.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

func main() {
	var group errgroup.Group
	group.SetLimit(2)
	places := make(chan int, 2) // never waits: the limit is the same
	for task := 1; task <= 5; task++ {
		group.Go(func() error {
			places <- task
			time.Sleep(time.Second)
			fmt.Println("task", <-places > 0, len(places) < 2)
			return nil
		})
		fmt.Println("started", task)
	}
	fmt.Println("error:", group.Wait())
}
