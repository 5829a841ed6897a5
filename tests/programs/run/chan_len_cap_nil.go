package main

import "fmt"

func main() {
	var n chan int
	fmt.Println(len(n), cap(n))
	u := make(chan int)
	fmt.Println(len(u), cap(u))
	b := make(chan int, 10)
	for i := range 7 {
		b <- i
	}
	fmt.Println(len(b), cap(b))
}
