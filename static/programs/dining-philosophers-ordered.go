//lockstep:title Dining philosophers, forks in order
//lockstep:topic Puzzles
//lockstep:about Everybody takes the fork with the lower number first. The last seat breaks the ring, and all eat.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

const seats = 5

func dine(seat int, lower, higher *sync.Mutex, wg *sync.WaitGroup) {
	defer wg.Done()
	lower.Lock()
	higher.Lock()
	fmt.Println("philosopher", seat, "eats")
	higher.Unlock()
	lower.Unlock()
}

func main() {
	var forks [seats]sync.Mutex
	var wg sync.WaitGroup
	for seat := range seats {
		next := (seat + 1) % seats
		wg.Add(1)
		go dine(seat, &forks[min(seat, next)], &forks[max(seat, next)], &wg)
	}
	wg.Wait()
	fmt.Println("all have eaten")
}
