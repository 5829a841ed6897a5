//lockstep:title Dining philosophers
//lockstep:topic Puzzles
//lockstep:about Everybody takes the left fork first. When all five do so at once, all five wait for ever.
//lockstep:pair dining-philosophers-ordered
//lockstep:expect completed
//lockstep:expect deadlock

package main

import (
	"fmt"
	"sync"
)

const seats = 5

func dine(seat int, left, right *sync.Mutex, wg *sync.WaitGroup) {
	defer wg.Done()
	left.Lock()
	right.Lock()
	fmt.Println("philosopher", seat, "eats")
	right.Unlock()
	left.Unlock()
}

func main() {
	var forks [seats]sync.Mutex
	var wg sync.WaitGroup
	for seat := range seats {
		wg.Add(1)
		go dine(seat, &forks[seat], &forks[(seat+1)%seats], &wg)
	}
	wg.Wait()
	fmt.Println("all have eaten")
}
