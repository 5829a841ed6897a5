// An answer in time beats the timeout.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan string)
	go func() {
		time.Sleep(10 * time.Millisecond)
		ch <- "in time"
	}()
	select {
	case s := <-ch:
		fmt.Println(s)
	case <-time.After(5 * time.Second):
		fmt.Println("too late")
	}
}
