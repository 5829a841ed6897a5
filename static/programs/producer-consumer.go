//lockstep:title Producers and consumers
//lockstep:topic Puzzles
//lockstep:about The buffer holds three items. Producers wait while it is full, consumers while it is empty.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

func produce(from, to int, buffer chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for item := from; item < to; item++ {
		buffer <- item
	}
}

func consume(buffer <-chan int, sums chan<- int) {
	sum := 0
	for item := range buffer {
		sum += item
	}
	sums <- sum
}

func main() {
	buffer := make(chan int, 3)
	sums := make(chan int)

	var producers sync.WaitGroup
	producers.Add(2)
	go produce(0, 5, buffer, &producers)
	go produce(5, 10, buffer, &producers)

	go consume(buffer, sums)
	go consume(buffer, sums)

	// Only when every producer is done may the buffer be closed.
	producers.Wait()
	close(buffer)
	fmt.Println("consumed in all:", <-sums+<-sums)
}
