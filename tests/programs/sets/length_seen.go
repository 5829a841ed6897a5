// How much of the buffer is filled when main looks.
package main

import "fmt"

func main() {
	ch := make(chan int, 2)
	go func() {
		ch <- 1
		ch <- 2
	}()
	fmt.Println(len(ch) <= 2, cap(ch))
	a := <-ch
	fmt.Println(a, len(ch))
}
