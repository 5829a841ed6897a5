// Whether the sender was there in time is for the scheduler to say.
package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	go func() { ch <- 1 }()
	select {
	case v := <-ch:
		fmt.Println("value", v)
	default:
		fmt.Println("default")
	}
}
