package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var x, y atomic.Int32
	var a, b int32
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		defer wg.Done()
		x.Store(1)
		a = y.Load()
	}()
	go func() {
		defer wg.Done()
		y.Store(1)
		b = x.Load()
	}()
	wg.Wait()
	fmt.Println(a, b)
}
