//lockstep:title A nil channel
//lockstep:topic Channels
//lockstep:about A declared channel that was never made is nil: sending on it blocks for ever.
//lockstep:pair hand-over
//lockstep:expect deadlock

package main

import "fmt"

func listen(news <-chan string) {
	fmt.Println("heard:", <-news)
}

func main() {
	var news chan string // make(chan string) is missing
	go listen(news)
	news <- "it rains"
}
