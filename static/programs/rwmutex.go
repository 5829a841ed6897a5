//lockstep:title Readers and a writer
//lockstep:topic Locks
//lockstep:about Readers hold the lock together; the writer waits until they have left, and new readers queue behind it.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type cache struct {
	mu   sync.RWMutex
	rate int
}

func (c *cache) get() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.rate
}

func (c *cache) set(rate int) {
	c.mu.Lock()
	c.rate = rate
	c.mu.Unlock()
}

func read(c *cache, seen []int, wg *sync.WaitGroup) {
	defer wg.Done()
	for i := range seen {
		seen[i] = c.get()
	}
}

func write(c *cache, wg *sync.WaitGroup) {
	defer wg.Done()
	for rate := 1; rate <= 2; rate++ {
		c.set(rate)
	}
}

func main() {
	var rates cache
	var wg sync.WaitGroup
	seen := make([][]int, 3)
	for i := range seen {
		seen[i] = make([]int, 2)
		wg.Add(1)
		go read(&rates, seen[i], &wg)
	}
	wg.Add(1)
	go write(&rates, &wg)
	wg.Wait()

	for i, s := range seen {
		fmt.Println("reader", i, "saw", s)
	}
	fmt.Println("at the end:", rates.get())
}
