//lockstep:title The first answer wins
//lockstep:topic Channels
//lockstep:about There is room for every answer, so the late mirrors can put theirs down and go.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

func ask(mirror string, answers chan<- string) {
	answers <- "answer from " + mirror
}

func first(mirrors ...string) string {
	answers := make(chan string, len(mirrors))
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
