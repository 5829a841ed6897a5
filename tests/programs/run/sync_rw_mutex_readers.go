package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var mu sync.RWMutex
	var wg sync.WaitGroup
	start := time.Now()
	for range 5 {
		wg.Go(func() {
			mu.RLock()
			defer mu.RUnlock()
			time.Sleep(10 * time.Millisecond)
		})
	}
	wg.Wait()
	fmt.Println("together:", time.Since(start) < 40*time.Millisecond)
	fmt.Println(mu.TryRLock(), mu.TryLock(), mu.TryRLock())
	mu.RUnlock()
	mu.RUnlock()
	fmt.Println(mu.TryLock(), mu.TryRLock())
	var l sync.Locker = mu.RLocker()
	mu.Unlock()
	l.Lock()
	fmt.Println(mu.TryLock())
	l.Unlock()
}
