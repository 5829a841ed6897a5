// Closing a channel releases everyone who waits on it.
package main

import (
	"fmt"
	"sync"
)

func main() {
	start := make(chan struct{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	released := 0
	for range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			<-start
			mu.Lock()
			released++
			mu.Unlock()
		}()
	}
	close(start)
	wg.Wait()
	fmt.Println(released)
}
