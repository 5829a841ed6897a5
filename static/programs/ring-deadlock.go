//lockstep:title Three in a ring
//lockstep:topic Puzzles
//lockstep:about Each wants to give before it takes. Nobody is left who takes first.
//lockstep:pair ring
//lockstep:expect deadlock

package main

import (
	"fmt"
	"sync"
)

func pass(name string, in <-chan string, out chan<- string, wg *sync.WaitGroup) {
	defer wg.Done()
	out <- "a gift from " + name
	fmt.Println(name, "got", <-in)
}

func main() {
	a, b, c := make(chan string), make(chan string), make(chan string)
	var wg sync.WaitGroup
	wg.Add(3)
	go pass("ann", a, b, &wg)
	go pass("bob", b, c, &wg)
	go pass("cat", c, a, &wg)
	wg.Wait()
}
