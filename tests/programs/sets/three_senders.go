// Three senders in any order.
package main

import "fmt"

func main() {
	ch := make(chan int)
	for i := range 3 {
		go func() { ch <- i }()
	}
	fmt.Println(<-ch, <-ch, <-ch)
}
