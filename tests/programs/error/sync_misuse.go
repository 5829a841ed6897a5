package main

import (
	"sync"
)

func f() {}

func g(int) {}

func main() {
	var mu sync.Mutex
	mu.Lock(1)
	x := mu.Unlock()
	var wg sync.WaitGroup
	wg.Add()
	wg.Add("a")
	wg.Done(1)
	wg.Go(f)
	wg.Go(func(i int) {})
	go wg.Wait
	var once sync.Once
	once.Do(f())
	once.Do(g)
	var rw sync.RWMutex
	rw.RLock(1)
}
