package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	open := false
	out := make(chan string, 2)
	for _, name := range []string{"a", "b"} {
		go func() {
			mu.Lock()
			for !open {
				cond.Wait()
			}
			mu.Unlock()
			out <- name
		}()
	}
	mu.Lock()
	open = true
	cond.Broadcast()
	mu.Unlock()
	fmt.Println(<-out, <-out)
}
