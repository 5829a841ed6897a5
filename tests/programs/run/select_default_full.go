// A full buffer is not ready for sending.
package main

import "fmt"

func main() {
	ch := make(chan int, 2)
	for i := range 4 {
		select {
		case ch <- i:
			fmt.Println("sent", i)
		default:
			fmt.Println("dropped", i)
		}
	}
}
