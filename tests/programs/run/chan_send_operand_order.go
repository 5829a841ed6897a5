// The channel is evaluated before the value, both before the send.
package main

import "fmt"

var ch = make(chan int, 1)

func where() chan int {
	fmt.Println("channel")
	return ch
}

func what() int {
	fmt.Println("value")
	return 5
}

func main() {
	where() <- what()
	fmt.Println(<-ch)
}
