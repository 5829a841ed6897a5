// Two senders of two values each: the order within each is kept.
package main

import "fmt"

func main() {
	ch := make(chan string)
	send := func(a, b string) {
		ch <- a
		ch <- b
	}
	go send("a", "b")
	go send("x", "y")
	fmt.Println(<-ch + <-ch + <-ch + <-ch)
}
