//lockstep:title Add inside the goroutine
//lockstep:topic First steps
//lockstep:about Wait may look before any goroutine has been counted: then main closes the channel under their hands or goes home early.
//lockstep:pair sender-closes
//lockstep:expect completed
//lockstep:expect panic "send on closed channel"
//lockstep:expect panic "WaitGroup is reused before previous Wait has returned"

package main

import (
	"fmt"
	"sync"
)

func deliver(letter string, box chan<- string, wg *sync.WaitGroup) {
	wg.Add(1) // too late: main may be past Wait
	defer wg.Done()
	box <- letter
}

func main() {
	box := make(chan string, 2)
	var wg sync.WaitGroup
	go deliver("bill", box, &wg)
	go deliver("card", box, &wg)
	wg.Wait()
	close(box)
	fmt.Println(len(box), "letters")
	for letter := range box {
		fmt.Println(letter)
	}
}
