// Asking the urgent channel first does not help once both are in the second select.
package main

import "fmt"

func main() {
	urgent, normal := make(chan string, 1), make(chan string, 1)
	go func() { urgent <- "urgent" }()
	go func() { normal <- "normal" }()
	select {
	case s := <-urgent:
		fmt.Println(s)
	default:
		select {
		case s := <-urgent:
			fmt.Println(s)
		case s := <-normal:
			fmt.Println(s)
		}
	}
}
