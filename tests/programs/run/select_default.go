package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	for i := range 3 {
		select {
		case ch <- i:
			fmt.Println("sent", i)
		default:
			fmt.Println("full", i)
		}
	}
	for range 2 {
		select {
		case v := <-ch:
			fmt.Println("received", v)
		default:
			fmt.Println("empty")
		}
	}
}
