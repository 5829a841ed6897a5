// The left side of a receive is evaluated only if its case is chosen.
package main

import "fmt"

var xs = make([]int, 3)

func index(i int) int {
	fmt.Println("index", i)
	return i
}

func main() {
	var never chan int
	ready := make(chan int, 1)
	ready <- 9
	select {
	case xs[index(0)] = <-never:
	case xs[index(2)] = <-ready:
	}
	fmt.Println(xs)
}
