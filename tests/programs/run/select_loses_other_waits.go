// A goroutine that was woken by one case stands in no other queue.
package main

import (
	"fmt"
	"time"
)

func main() {
	a, b := make(chan int), make(chan int)
	done := make(chan int)
	go func() {
		select {
		case v := <-a:
			done <- v
		case v := <-b:
			done <- -v
		}
	}()
	time.Sleep(20 * time.Millisecond)
	a <- 5
	select {
	case b <- 6:
		fmt.Println("b taken")
	default:
		fmt.Println("nobody on b")
	}
	fmt.Println(<-done)
}
