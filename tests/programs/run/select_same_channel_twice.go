// One channel may stand in several cases.
package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	for range 4 {
		select {
		case ch <- 1:
		case <-ch:
		}
	}
	fmt.Println(len(ch))
}
