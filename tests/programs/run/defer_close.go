// A deferred close runs when the function returns, after what was deferred later.
package main

import "fmt"

func work(ch chan<- string) {
	defer close(ch)
	defer func() { ch <- "second" }()
	ch <- "first"
}

func main() {
	ch := make(chan string, 2)
	work(ch)
	for s := range ch {
		fmt.Println(s)
	}
}
