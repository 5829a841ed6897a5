//lockstep:title Waiting instead of asking
//lockstep:topic Select
//lockstep:about Without default, select parks the goroutine until there is something to do.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

func ring(bell chan<- string) {
	time.Sleep(time.Second)
	bell <- "dinner"
}

func main() {
	bell := make(chan string)
	go ring(bell)
	asked := 0
	for {
		asked++
		select {
		case what := <-bell:
			fmt.Println(what, "after asking", asked, "times")
			return
		case <-time.After(300 * time.Millisecond):
			fmt.Println("still hungry")
		}
	}
}
