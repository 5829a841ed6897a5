//lockstep:title A contended mutex
//lockstep:topic Locks
//lockstep:about Four goroutines add to one counter. The lock lets one in at a time, so no addition is lost.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) add(delta int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n += delta
}

func work(c *counter, wg *sync.WaitGroup) {
	defer wg.Done()
	for range 3 {
		c.add(1)
	}
}

func main() {
	var hits counter
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go work(&hits, &wg)
	}
	wg.Wait()
	fmt.Println("hits:", hits.n)
}
