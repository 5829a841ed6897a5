//lockstep:title Sending to oneself
//lockstep:topic Channels
//lockstep:about An unbuffered send waits for a receiver, and the only receiver there is comes one line later.
//lockstep:pair hand-over
//lockstep:expect deadlock

package main

import "fmt"

func main() {
	greetings := make(chan string)
	greetings <- "hello"
	fmt.Println(<-greetings)
}
