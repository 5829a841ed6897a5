//lockstep:title A leaked sender
//lockstep:topic Channels
//lockstep:about Three mirrors race to answer and the first one wins. The other two wait for ever to hand over theirs.
//lockstep:pair first-answer
//lockstep:expect leak

package main

import (
	"fmt"
	"time"
)

func ask(mirror string, answers chan<- string) {
	answers <- "answer from " + mirror
}

func first(mirrors ...string) string {
	answers := make(chan string)
	for _, mirror := range mirrors {
		go ask(mirror, answers)
	}
	return <-answers
}

func main() {
	fmt.Println(first("Oslo", "Lima", "Pune"))
	time.Sleep(time.Second) // main has other things to do
	fmt.Println("main is done")
}
