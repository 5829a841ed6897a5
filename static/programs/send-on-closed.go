//lockstep:title Send on a closed channel
//lockstep:topic Channels
//lockstep:about Main closes the channel after the first offer. Whoever sends later panics: only the last sender may close.
//lockstep:pair sender-closes
//lockstep:expect completed
//lockstep:expect panic "send on closed channel"

package main

import (
	"fmt"
	"sync"
)

func bid(price int, offers chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	offers <- price
}

func main() {
	offers := make(chan int, 2)
	var wg sync.WaitGroup
	wg.Add(2)
	go bid(10, offers, &wg)
	go bid(12, offers, &wg)

	fmt.Println("the first offer is", <-offers)
	close(offers)
	wg.Wait()
	fmt.Println("closed")
}
