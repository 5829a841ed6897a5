// A select returns from its function.
package main

import "fmt"

func first(a, b <-chan int) (string, int) {
	select {
	case v := <-a:
		return "a", v
	case v := <-b:
		return "b", v
	}
}

func main() {
	a, b := make(chan int, 1), make(chan int, 1)
	b <- 2
	fmt.Println(first(a, b))
	a <- 1
	fmt.Println(first(a, b))
}
