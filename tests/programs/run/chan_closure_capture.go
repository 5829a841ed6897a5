package main

import "fmt"

func main() {
	results := make([]chan int, 4)
	for i := range results {
		results[i] = make(chan int)
		go func() { results[i] <- i * 10 }()
	}
	for _, r := range results {
		fmt.Println(<-r)
	}
}
