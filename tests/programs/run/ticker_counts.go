// A ticker ticks until it is stopped.
package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(20 * time.Millisecond)
	n := 0
	for range ticker.C {
		n++
		if n == 4 {
			ticker.Stop()
			break
		}
	}
	select {
	case <-ticker.C:
		fmt.Println("ticked after Stop")
	case <-time.After(60 * time.Millisecond):
		fmt.Println("stopped after", n)
	}
}
