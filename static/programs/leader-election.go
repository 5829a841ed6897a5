//lockstep:title Electing a leader
//lockstep:topic Puzzles
//lockstep:about All try to put their number where there is none yet. Exactly one of them succeeds.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func candidate(id int64, leader *atomic.Int64, terms *atomic.Int64, wg *sync.WaitGroup) {
	defer wg.Done()
	if leader.CompareAndSwap(0, id) {
		terms.Add(1)
		fmt.Println("candidate", id, "leads")
		return
	}
	fmt.Println("candidate", id, "follows", leader.Load())
}

func main() {
	var leader, terms atomic.Int64
	var wg sync.WaitGroup
	for id := int64(1); id <= 3; id++ {
		wg.Add(1)
		go candidate(id, &leader, &terms, &wg)
	}
	wg.Wait()
	fmt.Println("leaders:", terms.Load())
}
