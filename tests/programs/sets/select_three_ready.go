package main

import "fmt"

func main() {
	a := make(chan int, 1)
	b := make(chan int)
	c := make(chan int, 1)
	close(b)
	c <- 3
	select {
	case a <- 1:
		fmt.Println("sent")
	case _, ok := <-b:
		fmt.Println("closed", ok)
	case v := <-c:
		fmt.Println("received", v)
	}
}
