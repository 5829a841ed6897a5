//lockstep:title A busy loop
//lockstep:topic Select
//lockstep:about With default the loop never waits: it asks a thousand times and never lets time pass.
//lockstep:pair busy-loop-waits
//lockstep:expect limit
//lockstep:limit steps=2000

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
	for {
		select {
		case what := <-bell:
			fmt.Println(what)
			return
		default:
			// nothing yet; look again
		}
	}
}
