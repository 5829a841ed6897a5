package main

import "fmt"

type request struct {
	n     int
	reply chan int
}

func square(requests <-chan request) {
	for r := range requests {
		r.reply <- r.n * r.n
	}
}

func main() {
	requests := make(chan request)
	go square(requests)
	for i := 1; i <= 4; i++ {
		r := request{i, make(chan int)}
		requests <- r
		fmt.Println(i, <-r.reply)
	}
	close(requests)
}
