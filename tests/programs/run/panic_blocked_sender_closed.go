// A sender that is blocked when the channel is closed panics.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan int)
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		ch <- 1
	}()
	time.Sleep(20 * time.Millisecond)
	close(ch)
	fmt.Println(<-done)
}
