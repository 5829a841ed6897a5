//lockstep:title Pipeline with fan-out and merge
//lockstep:topic Pools and pipelines
//lockstep:about Numbers flow through a stage that three goroutines share, and one goroutine per branch merges them again.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

func generate(n int, out chan<- int) {
	for i := 1; i <= n; i++ {
		out <- i
	}
	close(out)
}

func square(in <-chan int, out chan<- int) {
	for n := range in {
		out <- n * n
	}
	close(out)
}

func forward(in <-chan int, out chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	for n := range in {
		out <- n
	}
}

func closeAfter(wg *sync.WaitGroup, out chan<- int) {
	wg.Wait()
	close(out)
}

// merge hands on whatever comes from any of the branches.
func merge(branches []chan int) <-chan int {
	merged := make(chan int)
	var wg sync.WaitGroup
	for _, branch := range branches {
		wg.Add(1)
		go forward(branch, merged, &wg)
	}
	go closeAfter(&wg, merged)
	return merged
}

func main() {
	numbers := make(chan int)
	go generate(9, numbers)

	branches := make([]chan int, 3)
	for i := range branches {
		branches[i] = make(chan int)
		go square(numbers, branches[i])
	}

	sum := 0
	for n := range merge(branches) {
		sum += n
	}
	fmt.Println("sum of squares:", sum)
}
