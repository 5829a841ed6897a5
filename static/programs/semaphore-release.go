//lockstep:title Release without acquire
//lockstep:topic Limits
//lockstep:about The helper gives back a place that it never took, and waits for ever for one to give back.
//lockstep:pair semaphore
//lockstep:expect deadlock

package main

import (
	"fmt"
	"sync"
)

type semaphore chan struct{}

func (s semaphore) acquire() { s <- struct{}{} }
func (s semaphore) release() { <-s }

func copyFile(name string, cached bool, places semaphore, wg *sync.WaitGroup) {
	defer wg.Done()
	if !cached {
		places.acquire()
		fmt.Println("copying", name)
	}
	places.release() // also when nothing was acquired
}

func main() {
	places := make(semaphore, 2)
	var wg sync.WaitGroup
	wg.Add(2)
	go copyFile("new.txt", false, places, &wg)
	go copyFile("old.txt", true, places, &wg)
	wg.Wait()
}
