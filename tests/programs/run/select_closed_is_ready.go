// A closed channel is always ready.
package main

import "fmt"

func main() {
	done := make(chan struct{})
	never := make(chan int)
	close(done)
	for range 3 {
		select {
		case <-done:
			fmt.Println("done")
		case v := <-never:
			fmt.Println(v)
		}
	}
}
