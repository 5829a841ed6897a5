// Continue inside a select goes on with the loop.
package main

import "fmt"

func main() {
	ch := make(chan int, 6)
	for i := range 6 {
		ch <- i
	}
	close(ch)
	sum := 0
	for {
		select {
		case v, ok := <-ch:
			if !ok {
				fmt.Println("sum", sum)
				return
			}
			if v < 3 {
				continue
			}
			sum += v
		}
	}
}
