package main

import (
	"fmt"
	"time"
)

func main() {
	ticker := time.NewTicker(10 * time.Millisecond)
	defer ticker.Stop()
	done := time.After(35 * time.Millisecond)
	n := 0
	for {
		select {
		case <-ticker.C:
			n++
		case <-done:
			fmt.Println("ticks", n)
			return
		}
	}
}
