// Channel and value operands are evaluated once each, in source order, chosen or not.
package main

import "fmt"

func ch(name string, c chan int) chan int {
	fmt.Println("channel", name)
	return c
}

func value(v int) int {
	fmt.Println("value", v)
	return v
}

func main() {
	ready := make(chan int, 1)
	var never chan int
	select {
	case ch("a", never) <- value(1):
	case <-ch("b", never):
	case ch("c", ready) <- value(3):
		fmt.Println("sent")
	case v := <-ch("d", never):
		fmt.Println(v)
	}
	fmt.Println(<-ready)
}
