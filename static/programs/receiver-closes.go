//lockstep:title The receiver closes
//lockstep:topic Channels
//lockstep:about The receiver has heard enough and closes, but the sender is still sending: it panics.
//lockstep:pair generator-cancel
//lockstep:expect panic "send on closed channel"

package main

import "fmt"

func talk(words chan<- string, done chan<- bool) {
	for _, word := range []string{"once", "upon", "a", "time"} {
		words <- word
	}
	done <- true
}

func main() {
	words, done := make(chan string), make(chan bool)
	go talk(words, done)
	fmt.Println(<-words, <-words)
	close(words) // enough
	<-done
}
