//lockstep:title A value made on first use
//lockstep:topic Once, pool, atomics, map
//lockstep:about OnceValue remembers what the function returned; it runs when somebody first asks.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

func measure() int {
	fmt.Println("measuring ...")
	time.Sleep(time.Second)
	return 42
}

func ask(height func() int, answers chan<- int) {
	answers <- height()
}

func main() {
	height := sync.OnceValue(measure)
	fmt.Println("nothing measured yet")
	answers := make(chan int)
	for range 3 {
		go ask(height, answers)
	}
	fmt.Println(<-answers, <-answers, <-answers)
}
