//lockstep:title A map without an owner
//lockstep:topic First steps
//lockstep:about Two goroutines write to one map, and nothing orders them. Go may stop the program, or worse, not notice.
//lockstep:pair manager
//lockstep:expect race

package main

import (
	"fmt"
	"sync"
)

func count(words []string, counts map[string]int, wg *sync.WaitGroup) {
	defer wg.Done()
	for _, word := range words {
		counts[word]++
	}
}

func main() {
	counts := map[string]int{}
	var wg sync.WaitGroup
	wg.Add(2)
	go count([]string{"to", "be"}, counts, &wg)
	go count([]string{"or", "not", "to", "be"}, counts, &wg)
	wg.Wait()
	fmt.Println(counts)
}
