// The kth receive of a channel of capacity C comes before send k+C is done.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	limit := make(chan int, 3)
	var mu sync.Mutex
	var wg sync.WaitGroup
	active, most := 0, 0
	for range 12 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			limit <- 1
			mu.Lock()
			active++
			most = max(most, active)
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			active--
			mu.Unlock()
			<-limit
		}()
	}
	wg.Wait()
	fmt.Println(most <= 3, active)
}
