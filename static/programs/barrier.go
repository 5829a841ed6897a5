//lockstep:title A barrier
//lockstep:topic Puzzles
//lockstep:about Nobody starts the second round before everybody has finished the first.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type barrier struct {
	mu      sync.Mutex
	all     *sync.Cond
	parties int
	waiting int
	round   int
}

func newBarrier(parties int) *barrier {
	b := &barrier{parties: parties}
	b.all = sync.NewCond(&b.mu)
	return b
}

func (b *barrier) wait() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting++
	if b.waiting == b.parties {
		b.waiting = 0
		b.round++
		b.all.Broadcast()
		return
	}
	for round := b.round; round == b.round; {
		b.all.Wait()
	}
}

func walk(name string, b *barrier, wg *sync.WaitGroup) {
	defer wg.Done()
	for leg := 1; leg <= 2; leg++ {
		fmt.Println(name, "walks leg", leg)
		b.wait()
	}
}

func main() {
	b := newBarrier(3)
	var wg sync.WaitGroup
	for _, name := range []string{"ada", "ben", "cyd"} {
		wg.Add(1)
		go walk(name, b, &wg)
	}
	wg.Wait()
	fmt.Println("all have arrived")
}
