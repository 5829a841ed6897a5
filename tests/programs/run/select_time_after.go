// The shorter timer wins.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan int)
	start := time.Now()
	select {
	case <-ch:
		fmt.Println("received")
	case <-time.After(30 * time.Millisecond):
		fmt.Println("timeout")
	case <-time.After(10 * time.Second):
		fmt.Println("long timeout")
	}
	fmt.Println(time.Since(start) < 5*time.Second)
}
