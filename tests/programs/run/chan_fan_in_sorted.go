package main

import (
	"fmt"
	"sort"
	"sync"
)

func merge(inputs ...<-chan int) <-chan int {
	out := make(chan int)
	var wg sync.WaitGroup
	for _, in := range inputs {
		wg.Go(func() {
			for v := range in {
				out <- v
			}
		})
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

func emit(values ...int) <-chan int {
	out := make(chan int, len(values))
	for _, v := range values {
		out <- v
	}
	close(out)
	return out
}

func main() {
	var all []int
	for v := range merge(emit(3, 1), emit(), emit(9, 7, 5)) {
		all = append(all, v)
	}
	sort.Ints(all)
	fmt.Println(all)
}
