//lockstep:title A range that never ends
//lockstep:topic Channels
//lockstep:about The sender stops without closing the channel, and the range waits for a next value for ever.
//lockstep:pair range-close
//lockstep:expect deadlock

package main

import "fmt"

func send(numbers chan<- int) {
	for n := range 4 {
		numbers <- n
	}
	// close(numbers) is missing
}

func main() {
	numbers := make(chan int, 2)
	go send(numbers)
	for n := range numbers {
		fmt.Println("got", n)
	}
	fmt.Println("never printed")
}
