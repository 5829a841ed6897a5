//lockstep:title The sleeping barber
//lockstep:topic Puzzles
//lockstep:about Two chairs to wait on: who finds both taken goes away, and nobody is shaved twice.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

func barber(chairs <-chan int, done chan<- int) {
	shaved := 0
	for range chairs {
		time.Sleep(20 * time.Minute)
		shaved++
	}
	done <- shaved
}

func customer(id int, chairs chan<- int, left chan<- int, wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(time.Duration(id) * 5 * time.Minute)
	select {
	case chairs <- id:
	default:
		left <- id
	}
}

func main() {
	chairs := make(chan int, 2)
	left := make(chan int, 8)
	done := make(chan int)
	go barber(chairs, done)
	var wg sync.WaitGroup
	for id := 1; id <= 8; id++ {
		wg.Add(1)
		go customer(id, chairs, left, &wg)
	}
	wg.Wait()
	close(chairs)
	shaved := <-done
	fmt.Println("shaved or gone:", shaved+len(left), "of 8")
}
