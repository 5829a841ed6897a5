//lockstep:title Workers, closer, collector
//lockstep:topic Pools and pipelines
//lockstep:about The shape of most concurrent programs: workers send, one goroutine closes when all are done, main collects.
//lockstep:expect completed

package main

import (
	"fmt"
	"strings"
	"sync"
)

func worker(id int, words []string, lengths chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	total := 0
	for _, word := range words {
		total += len(word)
	}
	lengths <- total
}

func closer(wg *sync.WaitGroup, lengths chan<- int) {
	wg.Wait()
	close(lengths)
}

func main() {
	lines := []string{"the quick brown fox", "jumps over", "the lazy dog"}
	lengths := make(chan int)
	var wg sync.WaitGroup
	for i, line := range lines {
		wg.Add(1)
		go worker(i+1, strings.Fields(line), lengths, &wg)
	}
	go closer(&wg, lengths)

	letters := 0
	for n := range lengths {
		letters += n
	}
	fmt.Println(letters, "letters")
}
