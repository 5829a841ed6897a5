// Every order of draining two buffers.
package main

import "fmt"

func main() {
	a, b := make(chan string, 2), make(chan string, 2)
	a <- "1"
	a <- "2"
	b <- "3"
	b <- "4"
	order := ""
	for range 4 {
		select {
		case s := <-a:
			order += s
		case s := <-b:
			order += s
		}
	}
	fmt.Println(order)
}
