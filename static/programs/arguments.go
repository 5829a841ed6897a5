//lockstep:title Arguments of a goroutine
//lockstep:topic First steps
//lockstep:about Arguments are evaluated by the go statement, before the goroutine runs: a later change is not seen.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

func show(what string, n int, wg *sync.WaitGroup) {
	defer wg.Done()
	fmt.Println(what, n)
}

func main() {
	var wg sync.WaitGroup
	wg.Add(2)
	n := 1
	go show("first", n, &wg)
	n = 2
	go show("second", n, &wg)
	n = 3
	wg.Wait()
	fmt.Println("main", n)
}
