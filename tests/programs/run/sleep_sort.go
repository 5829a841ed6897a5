// Goroutines wake in the order of their sleep.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan int)
	for _, n := range []int{3, 1, 4, 2} {
		go func() {
			time.Sleep(time.Duration(n) * 30 * time.Millisecond)
			ch <- n
		}()
	}
	fmt.Println(<-ch, <-ch, <-ch, <-ch)
}
