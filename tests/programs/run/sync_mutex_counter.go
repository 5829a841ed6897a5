package main

import (
	"fmt"
	"sync"
)

type counter struct {
	sync.Mutex
	n map[string]int
}

func (c *counter) inc(key string) {
	c.Lock()
	defer c.Unlock()
	c.n[key]++
}

func main() {
	c := counter{n: map[string]int{}}
	var wg sync.WaitGroup
	for range 20 {
		wg.Add(2)
		go func() { defer wg.Done(); c.inc("a") }()
		go func() { defer wg.Done(); c.inc("b") }()
	}
	wg.Wait()
	fmt.Println(c.n["a"], c.n["b"], len(c.n))
}
