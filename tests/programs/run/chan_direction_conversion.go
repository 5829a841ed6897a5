package main

import "fmt"

func source(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := range n {
			out <- i
		}
	}()
	return out
}

func sink(in <-chan int, done chan<- int) {
	total := 0
	for v := range in {
		total += v
	}
	done <- total
}

func main() {
	done := make(chan int)
	go sink(source(11), done)
	fmt.Println(<-done)
	fmt.Printf("%T %T\n", source, done)
}
