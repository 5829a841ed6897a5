// Cases of nil channels are never chosen.
package main

import "fmt"

func main() {
	var none chan int
	one := make(chan int, 1)
	one <- 1
	select {
	case v := <-none:
		fmt.Println("none", v)
	case none <- 5:
		fmt.Println("sent")
	case v := <-one:
		fmt.Println("one", v)
	}
	select {
	case <-none:
		fmt.Println("none")
	default:
		fmt.Println("default")
	}
}
