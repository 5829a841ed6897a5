package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var flag atomic.Int32
	var wg sync.WaitGroup
	names := []string{"a", "b"}
	winner := make(chan string, 2)
	for _, name := range names {
		wg.Go(func() {
			if flag.CompareAndSwap(0, 1) {
				winner <- name
			}
		})
	}
	wg.Wait()
	fmt.Println(<-winner, len(winner))
}
