package main

import (
	"fmt"
	"sync"
)

func main() {
	jobs := make(chan int)
	var wg sync.WaitGroup
	counts := [2]int{}
	for w := range counts {
		wg.Go(func() {
			for range jobs {
				counts[w]++
			}
		})
	}
	for i := range 3 {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	fmt.Println(counts[0], counts[1])
}
