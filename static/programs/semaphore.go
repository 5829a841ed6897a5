//lockstep:title A channel as a semaphore
//lockstep:topic Limits
//lockstep:about Six downloads start, but the buffer has only two places: no more than two run at once.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

type semaphore chan struct{}

func (s semaphore) acquire() { s <- struct{}{} }
func (s semaphore) release() { <-s }

func download(file int, places semaphore, wg *sync.WaitGroup) {
	defer wg.Done()
	places.acquire()
	defer places.release()
	time.Sleep(100 * time.Millisecond)
	fmt.Println("file", file, "is here;", len(places), "at work")
}

func main() {
	places := make(semaphore, 2)
	var wg sync.WaitGroup
	for file := 1; file <= 6; file++ {
		wg.Add(1)
		go download(file, places, &wg)
	}
	wg.Wait()
	fmt.Println("all here")
}
