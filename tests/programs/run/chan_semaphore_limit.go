package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	slots := make(chan struct{}, 3)
	var mu sync.Mutex
	running, most := 0, 0
	var wg sync.WaitGroup
	for range 9 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			slots <- struct{}{}
			defer func() { <-slots }()
			mu.Lock()
			running++
			most = max(most, running)
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			running--
			mu.Unlock()
		}()
	}
	wg.Wait()
	fmt.Println(most <= 3, running)
}
