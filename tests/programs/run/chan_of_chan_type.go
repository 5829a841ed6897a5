// Arrows in channel types associate to the left.
package main

import "fmt"

func main() {
	var a chan<- chan int
	var b chan<- (chan int)
	var c chan (<-chan int)
	var d <-chan (<-chan int)
	fmt.Printf("%T %T %T %T\n", a, b, c, d)
}
