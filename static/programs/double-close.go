//lockstep:title Closing twice
//lockstep:topic Channels
//lockstep:about Both searchers close when they are done: the second close panics, and so does a send after the first.
//lockstep:pair sender-closes
//lockstep:expect completed
//lockstep:expect panic "close of closed channel"
//lockstep:expect panic "send on closed channel"

package main

import "fmt"

func search(shelf int, found chan int) {
	found <- shelf
	close(found)
}

func main() {
	found := make(chan int, 2)
	go search(1, found)
	go search(2, found)
	for shelf := range found {
		fmt.Println("found on shelf", shelf)
	}
}
