// A result is computed while main does other things.
package main

import "fmt"

func later(f func() string) <-chan string {
	ch := make(chan string, 1)
	go func() { ch <- f() }()
	return ch
}

func main() {
	a := later(func() string { return "A" })
	b := later(func() string { return "B" })
	fmt.Println("started")
	fmt.Println(<-b + <-a)
}
