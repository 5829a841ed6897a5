package main

import "fmt"

func main() {
	const n = 4
	arrive, leave := make(chan int), make(chan struct{})
	for i := range n {
		go func() {
			arrive <- i
			<-leave
			arrive <- 10 + i
		}()
	}
	sum := 0
	for range n {
		sum += <-arrive
	}
	fmt.Println("all arrived", sum)
	for range n {
		leave <- struct{}{}
	}
	sum = 0
	for range n {
		sum += <-arrive
	}
	fmt.Println("all left", sum)
}
