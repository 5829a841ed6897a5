// Channels are equal when they are the same channel.
package main

import "fmt"

func main() {
	a, b := make(chan int), make(chan int)
	c := a
	var in <-chan int = a
	fmt.Println(a == b, a == c, in == a)
	var x, y any = a, c
	fmt.Println(x == y, x == any(b))
}
