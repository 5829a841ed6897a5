package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	value, seen := 1, [2]int{}
	wg.Add(3)
	go func() {
		defer wg.Done()
		mu.Lock()
		value = 2
		mu.Unlock()
	}()
	for i := range seen {
		go func() {
			defer wg.Done()
			mu.RLock()
			seen[i] = value
			mu.RUnlock()
		}()
	}
	wg.Wait()
	fmt.Println(seen)
}
