package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	start := time.Now()
	var wg sync.WaitGroup
	for _, n := range []int{30, 10, 20} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(time.Duration(n) * time.Millisecond)
			fmt.Println("slept", n)
		}()
	}
	wg.Wait()
	fmt.Println(time.Since(start) >= 30*time.Millisecond)
	time.AfterFunc(10*time.Millisecond, func() { fmt.Println("after func") })
	time.Sleep(20 * time.Millisecond)
	t := time.AfterFunc(time.Hour, func() { fmt.Println("never") })
	fmt.Println(t.Stop())
}
