//lockstep:title A flag to stop by
//lockstep:topic Once, pool, atomics, map
//lockstep:about The worker looks at the flag before each round; main sets it once.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync/atomic"
	"time"
)

func work(stop *atomic.Bool, rounds chan<- int) {
	n := 0
	for !stop.Load() {
		time.Sleep(100 * time.Millisecond)
		n++
	}
	rounds <- n
}

func main() {
	var stop atomic.Bool
	rounds := make(chan int)
	go work(&stop, rounds)
	time.Sleep(250 * time.Millisecond)
	stop.Store(true)
	fmt.Println(<-rounds, "rounds")
}
