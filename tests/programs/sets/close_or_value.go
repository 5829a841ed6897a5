// A reader sees the value or, when it comes late, only the close.
package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	seen := make(chan string)
	go func() {
		ch <- 1
		close(ch)
	}()
	read := func(name string) {
		v, ok := <-ch
		seen <- fmt.Sprint(name, " ", v, " ", ok)
	}
	go read("r")
	go read("s")
	a, b := <-seen, <-seen
	if a > b {
		a, b = b, a
	}
	fmt.Println(a + ", " + b)
}
