package main

import "fmt"

func main() {
	ch := make(chan int)
	quit := make(chan bool)
	go func() {
		for i := range 3 {
			ch <- i
		}
		quit <- true
	}()
loop:
	for {
		select {
		case v := <-ch:
			if v == 1 {
				break
			}
			fmt.Println(v)
		case <-quit:
			break loop
		}
	}
	fmt.Println("out")
}
