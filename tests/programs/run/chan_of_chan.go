// A reply channel travels with the request.
package main

import "fmt"

type request struct {
	n     int
	reply chan int
}

func server(requests chan request) {
	for r := range requests {
		r.reply <- r.n * 2
	}
}

func main() {
	requests := make(chan request)
	go server(requests)
	for i := 1; i <= 3; i++ {
		r := request{i, make(chan int)}
		requests <- r
		fmt.Println(<-r.reply)
	}
	close(requests)
}
