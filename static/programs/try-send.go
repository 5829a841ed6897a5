//lockstep:title Sending and receiving without waiting
//lockstep:topic Select
//lockstep:about With a default case nobody waits: what does not fit is dropped, what is not there is not taken.
//lockstep:expect completed

package main

import "fmt"

func trySend(ch chan int, n int) {
	select {
	case ch <- n:
		fmt.Println("sent", n)
	default:
		fmt.Println("dropped", n)
	}
}

func tryReceive(ch chan int) {
	select {
	case n := <-ch:
		fmt.Println("received", n)
	default:
		fmt.Println("nothing there")
	}
}

func main() {
	ch := make(chan int, 2)
	tryReceive(ch)
	for n := 1; n <= 3; n++ {
		trySend(ch, n)
	}
	tryReceive(ch)
	trySend(ch, 4)
}
