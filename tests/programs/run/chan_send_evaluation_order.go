package main

import "fmt"

func show(s string, v int) int {
	fmt.Println(s)
	return v
}

func which(s string, c chan int) chan int {
	fmt.Println(s)
	return c
}

func main() {
	c := make(chan int, 2)
	which("channel", c) <- show("value", 1)
	fmt.Println(<-which("receive from", c))
}
