package main

import "fmt"

func main() {
	const n = 200
	first := make(chan int)
	in := first
	for range n {
		out := make(chan int)
		go func(in <-chan int, out chan<- int) {
			out <- 1 + <-in
		}(in, out)
		in = out
	}
	go func() { first <- 0 }()
	fmt.Println(<-in)
}
