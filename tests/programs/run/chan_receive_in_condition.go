// A receive as the header of if and switch.
package main

import "fmt"

func main() {
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	if v, ok := <-ch; ok {
		fmt.Println("got", v)
	}
	switch <-ch {
	case 2:
		fmt.Println("two")
	default:
		fmt.Println("other")
	}
	if v, ok := <-ch; !ok {
		fmt.Println("closed", v)
	}
}
