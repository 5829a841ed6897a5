// A select of one case is that operation.
package main

import "fmt"

func main() {
	ch := make(chan int)
	go func() {
		select {
		case ch <- 3:
		}
	}()
	select {
	case v, ok := <-ch:
		fmt.Println(v, ok)
	}
}
