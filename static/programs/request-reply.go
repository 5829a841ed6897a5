//lockstep:title Request and reply
//lockstep:topic Channels
//lockstep:about Each request brings the channel for its own answer, so no answer reaches the wrong client.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type request struct {
	a, b  int
	reply chan int
}

func multiply(requests <-chan request) {
	for r := range requests {
		r.reply <- r.a * r.b
	}
}

func client(a, b int, requests chan<- request, wg *sync.WaitGroup) {
	defer wg.Done()
	reply := make(chan int)
	requests <- request{a, b, reply}
	fmt.Println(a, "*", b, "=", <-reply)
}

func main() {
	requests := make(chan request)
	go multiply(requests)
	go multiply(requests)
	var wg sync.WaitGroup
	for n := 2; n <= 5; n++ {
		wg.Add(1)
		go client(n, n+1, requests, &wg)
	}
	wg.Wait()
	close(requests)
}
