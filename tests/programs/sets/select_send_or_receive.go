// A channel with room that is not empty: send and receive are both ready.
package main

import "fmt"

func main() {
	ch := make(chan int, 2)
	ch <- 1
	select {
	case ch <- 2:
		fmt.Println("sent, length", len(ch))
	case v := <-ch:
		fmt.Println("received", v, "length", len(ch))
	}
}
