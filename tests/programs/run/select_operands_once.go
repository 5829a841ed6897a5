package main

import "fmt"

func c(name string, ch chan int) chan int {
	fmt.Println("channel", name)
	return ch
}

func v(n int) int {
	fmt.Println("value", n)
	return n
}

func main() {
	a, b, d := make(chan int), make(chan int, 1), make(chan int)
	select {
	case c("a", a) <- v(1):
	case c("b", b) <- v(2):
		fmt.Println("sent to b")
	case <-c("d", d):
	}
}
