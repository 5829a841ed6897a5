//lockstep:title TryLock
//lockstep:topic Locks
//lockstep:about Whoever finds the lock taken does something else instead of waiting.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

type printer struct {
	mu      sync.Mutex
	skipped int
}

func report(p *printer, name string, later chan<- string, wg *sync.WaitGroup) {
	defer wg.Done()
	if !p.mu.TryLock() {
		later <- name
		return
	}
	defer p.mu.Unlock()
	time.Sleep(time.Second)
	fmt.Println(name, "printed at once")
}

func main() {
	var p printer
	later := make(chan string, 3)
	var wg sync.WaitGroup
	for _, name := range []string{"invoice", "letter", "poster"} {
		wg.Add(1)
		go report(&p, name, later, &wg)
	}
	wg.Wait()
	close(later)
	for range later {
		p.skipped++
	}
	fmt.Println(p.skipped, "for later")
}
