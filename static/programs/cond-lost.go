//lockstep:title A lost wake-up
//lockstep:topic Locks
//lockstep:about Signal wakes only who already waits. When it comes first, nobody hears it, and Wait waits for ever.
//lockstep:pair cond-queue
//lockstep:expect completed
//lockstep:expect deadlock

package main

import (
	"fmt"
	"sync"
)

func prepare(mu *sync.Mutex, ready *sync.Cond, wg *sync.WaitGroup) {
	defer wg.Done()
	mu.Lock()
	fmt.Println("dinner is ready")
	ready.Signal()
	mu.Unlock()
}

func eat(mu *sync.Mutex, ready *sync.Cond, wg *sync.WaitGroup) {
	defer wg.Done()
	mu.Lock()
	ready.Wait() // without asking whether it is ready already
	fmt.Println("eating")
	mu.Unlock()
}

func main() {
	var mu sync.Mutex
	ready := sync.NewCond(&mu)
	var wg sync.WaitGroup
	wg.Add(2)
	go eat(&mu, ready, &wg)
	go prepare(&mu, ready, &wg)
	wg.Wait()
}
