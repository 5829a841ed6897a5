//lockstep:title A buffer and back-pressure
//lockstep:topic Channels
//lockstep:about The producer runs ahead until three are waiting; then it goes no faster than the consumer.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

func produce(out chan<- int) {
	for n := 1; n <= 8; n++ {
		out <- n
		fmt.Println("made", n, "- waiting:", len(out))
	}
	close(out)
}

func main() {
	belt := make(chan int, 3)
	go produce(belt)
	for n := range belt {
		time.Sleep(time.Second)
		fmt.Println("used", n)
	}
}
