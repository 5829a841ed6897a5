//lockstep:title Range, close and ok
//lockstep:topic Channels
//lockstep:about A range ends when the channel is closed and empty; a receive then says so by its second result.
//lockstep:pair range-never-ends
//lockstep:expect completed

package main

import "fmt"

func send(numbers chan<- int) {
	defer close(numbers)
	for n := range 4 {
		numbers <- n
	}
}

func main() {
	numbers := make(chan int, 2)
	go send(numbers)
	first, ok := <-numbers
	fmt.Println("first", first, ok)
	for n := range numbers {
		fmt.Println("then", n)
	}
	last, ok := <-numbers
	fmt.Println("last", last, ok)
}
