package main

import (
	"fmt"
	"sync"
)

type Counter struct {
	mu sync.Mutex
	n  int
}

func (c *Counter) Inc() {
	c.mu.Lock()
	defer c.mu.Unlock
	c.n++
	n++
}

func (c Counter) Value() int { c.m.Lock(); return c.n }

type Incrementer interface{ Inc() }

func main() {
	c := Counter{}
	c.Inc()
	c.n++
	fmt.Println(c.Value)
	var i Incrementer = c
	i.Inc()
	for i := 0; i < 10; i++ {
		go c.Inc
	}
	Counter.Inc(c)
}
