package main

import "fmt"

func main() {
	var never chan int
	ready := make(chan int, 1)
	ready <- 7
	select {
	case v := <-never:
		fmt.Println("impossible", v)
	case never <- 1:
		fmt.Println("impossible too")
	case v := <-ready:
		fmt.Println("ready", v)
	}
	select {
	case <-never:
		fmt.Println("impossible")
	default:
		fmt.Println("default")
	}
}
