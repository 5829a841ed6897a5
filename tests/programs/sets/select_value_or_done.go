// A value and the end are ready together.
package main

import "fmt"

func main() {
	values, done := make(chan int, 1), make(chan struct{})
	values <- 7
	close(done)
	select {
	case v := <-values:
		fmt.Println("value", v)
	case <-done:
		fmt.Println("done")
	}
}
