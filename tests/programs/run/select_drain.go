package main

import "fmt"

func drain(ch <-chan int) (n int) {
	for {
		select {
		case _, ok := <-ch:
			if !ok {
				return n
			}
			n++
		default:
			return n
		}
	}
}

func main() {
	ch := make(chan int, 5)
	ch <- 1
	ch <- 2
	fmt.Println(drain(ch), drain(ch))
	ch <- 3
	close(ch)
	fmt.Println(drain(ch), drain(ch))
}
