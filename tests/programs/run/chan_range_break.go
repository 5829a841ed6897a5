// Leaving a range loop early leaves the rest in the buffer.
package main

import "fmt"

func main() {
	ch := make(chan int, 5)
	for i := range 5 {
		ch <- i
	}
	for v := range ch {
		if v == 2 {
			break
		}
	}
	fmt.Println(len(ch), <-ch)
}
