package main

import "fmt"

func main() {
	const n = 10000
	first := make(chan int)
	in := first
	for i := 0; i < n; i++ {
		out := make(chan int)
		go func(in <-chan int, out chan<- int) {
			for v := range in {
				out <- v + 1
			}
			close(out)
		}(in, out)
		in = out
	}
	total := 0
	for round := 0; round < 10; round++ {
		go func() { first <- 0 }()
		total += <-in
	}
	close(first)
	_, ok := <-in
	fmt.Println(total, ok)
}
