package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	for i := range 4 {
		select {
		case v := <-ch:
			fmt.Println("received", v)
		case ch <- i:
			fmt.Println("sent", i)
		}
	}
}
