package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	done := make(chan bool)
	go func() {
		for i := range 2 {
			ch <- i
			fmt.Println("sent", i)
		}
		done <- true
	}()
	for range 2 {
		fmt.Println("got", <-ch)
	}
	<-done
}
