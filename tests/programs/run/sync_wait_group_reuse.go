package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	total := make(chan int, 100)
	for round := 1; round <= 3; round++ {
		for i := range round {
			wg.Add(1)
			go func(n int) {
				defer wg.Done()
				total <- n * round
			}(i + 1)
		}
		wg.Wait()
		fmt.Println(round, len(total))
	}
	close(total)
	sum := 0
	for n := range total {
		sum += n
	}
	fmt.Println(sum)
}
