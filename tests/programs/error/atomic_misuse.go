package main

import (
	"sync/atomic"
)

func main() {
	var n int
	atomic.AddInt64(&n, 1)
	var c atomic.Int64
	c.Add("a")
	c++
	c = 3
	_ = c.Load() + n
	atomic.AddInt32(n, 1)
	var p atomic.Pointer[int]
	p.Store("a")
	p.Store(n)
	p.Store(&n)
}
