package main

import "fmt"

func player(name string, in <-chan int, out chan<- int) {
	for n := range in {
		fmt.Println(name, n)
		if n == 0 {
			close(out)
			return
		}
		out <- n - 1
	}
	close(out)
}

func main() {
	a, b := make(chan int), make(chan int)
	go player("ping", a, b)
	a <- 5
	player("pong", b, a)
}
