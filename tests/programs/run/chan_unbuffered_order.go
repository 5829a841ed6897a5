package main

import "fmt"

func main() {
	ch := make(chan int)
	done := make(chan bool)
	go func() {
		for i := range 5 {
			ch <- i * i
		}
		close(ch)
		done <- true
	}()
	for v := range ch {
		fmt.Println("got", v)
	}
	fmt.Println(<-done)
}
