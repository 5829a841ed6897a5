package main

import (
	"fmt"
	"time"
)

func main() {
	out := make(chan int, 2)
	for i := range 2 {
		go func() {
			time.Sleep(5 * time.Millisecond)
			out <- i
		}()
	}
	fmt.Println(<-out, <-out)
}
