// A select that waits is woken by whoever comes first.
package main

import "fmt"

func main() {
	a, b := make(chan string), make(chan string)
	go func() { a <- "a" }()
	go func() { b <- "b" }()
	for range 2 {
		select {
		case s := <-a:
			fmt.Print(s)
		case s := <-b:
			fmt.Print(s)
		}
	}
	fmt.Println()
}
