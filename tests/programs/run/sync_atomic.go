package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type config struct{ name string }

func main() {
	var n atomic.Int64
	var plain int32
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			n.Add(int64(i))
			atomic.AddInt32(&plain, 1)
		})
	}
	wg.Wait()
	fmt.Println(n.Load(), atomic.LoadInt32(&plain))
	fmt.Println(n.CompareAndSwap(1225, 7), n.CompareAndSwap(1225, 8), n.Load(), n.Swap(1), n.Load())
	var b atomic.Bool
	fmt.Println(b.Load(), b.Swap(true), b.Load(), b.CompareAndSwap(true, false))
	var u atomic.Uint32
	u.Store(0)
	fmt.Println(u.Add(^uint32(0)))
	fmt.Println(u.And(0xff), u.Or(0x100), u.Load())
	var p atomic.Pointer[config]
	fmt.Println(p.Load() == nil)
	c := &config{"one"}
	p.Store(c)
	fmt.Println(p.Load().name, p.CompareAndSwap(c, &config{"two"}), p.Load().name)
	var v atomic.Value
	fmt.Println(v.Load())
	v.Store([]int{1, 2})
	fmt.Println(v.Load().([]int), v.Swap([]int{3}))
}
