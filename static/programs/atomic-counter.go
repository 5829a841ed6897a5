//lockstep:title Atomic counter and mutex
//lockstep:topic Once, pool, atomics, map
//lockstep:about The same count twice: by one indivisible addition, and under a lock.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func count(hits *atomic.Int64, wg *sync.WaitGroup) {
	defer wg.Done()
	for range 3 {
		hits.Add(1)
	}
}

func countLocked(mu *sync.Mutex, hits *int, wg *sync.WaitGroup) {
	defer wg.Done()
	for range 3 {
		mu.Lock()
		*hits++
		mu.Unlock()
	}
}

func main() {
	var quick atomic.Int64
	var mu sync.Mutex
	locked := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(2)
		go count(&quick, &wg)
		go countLocked(&mu, &locked, &wg)
	}
	wg.Wait()
	fmt.Println(quick.Load(), locked)
}
