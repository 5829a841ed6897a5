// Length and capacity of a channel, before and after.
package main

import "fmt"

func main() {
	ch := make(chan int, 4)
	fmt.Println(len(ch), cap(ch))
	ch <- 1
	ch <- 2
	fmt.Println(len(ch), cap(ch))
	<-ch
	fmt.Println(len(ch), cap(ch))
	unbuffered := make(chan bool)
	fmt.Println(len(unbuffered), cap(unbuffered))
}
