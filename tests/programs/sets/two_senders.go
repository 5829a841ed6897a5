package main

import "fmt"

func main() {
	ch := make(chan string)
	go func() { ch <- "a" }()
	go func() { ch <- "b" }()
	fmt.Println(<-ch + <-ch)
}
