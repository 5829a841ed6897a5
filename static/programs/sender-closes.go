//lockstep:title The last sender closes
//lockstep:topic Channels
//lockstep:about Main waits until every sender is done and closes then: nobody can send on the closed channel.
//lockstep:expect completed

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

	wg.Wait()
	close(offers)
	best := 0
	for price := range offers {
		best = max(best, price)
	}
	fmt.Println("the best offer is", best)
}
