// Blocked senders are served in the order in which they came.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan int)
	for i := 1; i <= 4; i++ {
		go func() {
			time.Sleep(time.Duration(i) * 20 * time.Millisecond)
			ch <- i
		}()
	}
	time.Sleep(200 * time.Millisecond)
	fmt.Println(<-ch, <-ch, <-ch, <-ch)
}
