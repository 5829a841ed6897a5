// A receive from a full buffer lets the first blocked sender in behind.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan int, 2)
	ch <- 1
	ch <- 2
	go func() { ch <- 3 }()
	time.Sleep(20 * time.Millisecond)
	fmt.Println(<-ch, len(ch))
	fmt.Println(<-ch, <-ch, len(ch))
}
