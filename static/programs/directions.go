//lockstep:title Directions in signatures
//lockstep:topic Channels
//lockstep:about The types say who sends and who receives; the compiler holds everyone to it.
//lockstep:expect completed

package main

import "fmt"

func greet(names <-chan string, greetings chan<- string) {
	for name := range names {
		greetings <- "hello " + name
	}
	close(greetings)
}

func guests(names chan<- string) {
	for _, name := range []string{"Ada", "Grace", "Barbara"} {
		names <- name
	}
	close(names)
}

func main() {
	names, greetings := make(chan string), make(chan string)
	go guests(names)
	go greet(names, greetings)
	for greeting := range greetings {
		fmt.Println(greeting)
	}
}
