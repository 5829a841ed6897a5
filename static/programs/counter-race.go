//lockstep:title A lost update
//lockstep:topic Locks
//lockstep:about n++ reads, adds and writes. When both read before either writes, one of the additions is lost.
//lockstep:pair mutex
//lockstep:points memory
//lockstep:expect race

package main

import (
	"fmt"
	"sync"
)

func add(n *int, wg *sync.WaitGroup) {
	defer wg.Done()
	*n++
}

func main() {
	n := 0
	var wg sync.WaitGroup
	wg.Add(2)
	go add(&n, &wg)
	go add(&n, &wg)
	wg.Wait()
	fmt.Println("n is", n)
}
