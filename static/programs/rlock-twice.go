//lockstep:title Reading while reading
//lockstep:topic Locks
//lockstep:about The inner read lock queues behind a writer, and the writer waits for the outer one.
//lockstep:pair rwmutex
//lockstep:expect completed
//lockstep:expect deadlock

package main

import (
	"fmt"
	"sync"
)

type shop struct {
	mu     sync.RWMutex
	prices map[string]int
}

func (s *shop) price(item string) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.prices[item]
}

func (s *shop) total(wg *sync.WaitGroup) {
	defer wg.Done()
	s.mu.RLock()
	defer s.mu.RUnlock()
	fmt.Println("total", s.price("tea")+s.price("cake")) // locks again
}

func (s *shop) raise(wg *sync.WaitGroup) {
	defer wg.Done()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.prices["tea"]++
}

func main() {
	s := &shop{prices: map[string]int{"tea": 2, "cake": 3}}
	var wg sync.WaitGroup
	wg.Add(2)
	go s.total(&wg)
	go s.raise(&wg)
	wg.Wait()
}
