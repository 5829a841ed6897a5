// A select that sends on a closed channel panics, default or not.
package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	close(ch)
	defer func() { fmt.Println(recover()) }()
	select {
	case ch <- 1:
		fmt.Println("sent")
	default:
		fmt.Println("default")
	}
}
