// A slice of channels, one per worker.
package main

import "fmt"

func main() {
	results := make([]chan int, 4)
	for i := range results {
		results[i] = make(chan int)
		go func() { results[i] <- i * i }()
	}
	for _, ch := range results {
		fmt.Println(<-ch)
	}
}
