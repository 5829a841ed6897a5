//lockstep:title Unbuffered hand-over
//lockstep:topic Channels
//lockstep:about Sender and receiver meet: whoever comes first waits, and the value goes straight from hand to hand.
//lockstep:expect completed

package main

import "fmt"

func greet(greetings chan<- string) {
	greetings <- "hello"
	greetings <- "and goodbye"
	close(greetings)
}

func main() {
	greetings := make(chan string)
	go greet(greetings)
	for text := range greetings {
		fmt.Println(text)
	}
}
