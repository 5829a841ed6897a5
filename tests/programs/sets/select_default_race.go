package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	go func() { ch <- 1 }()
	n := 0
	for range 2 {
		select {
		case <-ch:
			n++
		default:
		}
	}
	fmt.Println(n)
}
