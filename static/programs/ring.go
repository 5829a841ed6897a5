//lockstep:title Three in a ring, one takes first
//lockstep:topic Puzzles
//lockstep:about One of the three takes before it gives, and the gifts go round.
//lockstep:pair ring-deadlock
//lockstep:expect completed

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

func takeFirst(name string, in <-chan string, out chan<- string, wg *sync.WaitGroup) {
	defer wg.Done()
	gift := <-in
	out <- "a gift from " + name
	fmt.Println(name, "got", gift)
}

func main() {
	a, b, c := make(chan string), make(chan string), make(chan string)
	var wg sync.WaitGroup
	wg.Add(3)
	go takeFirst("ann", a, b, &wg)
	go pass("bob", b, c, &wg)
	go pass("cat", c, a, &wg)
	wg.Wait()
}
