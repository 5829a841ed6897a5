// A thousand goroutines hand one number along.
package main

import "fmt"

func main() {
	const n = 1000
	last := make(chan int)
	right := last
	for range n {
		left := make(chan int)
		go func(to, from chan int) { to <- 1 + <-from }(right, left)
		right = left
	}
	right <- 0
	fmt.Println(<-last)
}
