package main

import "fmt"

func main() {
	high, low := make(chan int, 5), make(chan int, 5)
	for i := range 5 {
		high <- i
		low <- 100 + i
	}
	for range 10 {
		select {
		case v := <-high:
			fmt.Println("high", v)
			continue
		default:
		}
		select {
		case v := <-high:
			fmt.Println("high", v)
		case v := <-low:
			fmt.Println("low", v)
		}
	}
}
