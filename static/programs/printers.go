//lockstep:title Interleaved printers
//lockstep:topic First steps
//lockstep:about Each goroutine keeps its own order; how the three are mixed is open.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

func count(name string, wg *sync.WaitGroup, turn chan struct{}) {
	defer wg.Done()
	for i := 1; i <= 3; i++ {
		turn <- struct{}{} // one line at a time
		fmt.Println(name, i)
		<-turn
	}
}

func main() {
	turn := make(chan struct{}, 1)
	var wg sync.WaitGroup
	for _, name := range []string{"anna", "bert", "cleo"} {
		wg.Add(1)
		go count(name, &wg, turn)
	}
	wg.Wait()
}
