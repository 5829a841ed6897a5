//lockstep:title A starving select
//lockstep:topic Puzzles
//lockstep:about The urgent channel is never empty for long. Asking it first means that the other may wait and wait.
//lockstep:expect completed

package main

import "fmt"

func refill(urgent chan<- int, stop <-chan struct{}, done chan<- struct{}) {
	defer close(done)
	for {
		select {
		case urgent <- 1:
		case <-stop:
			return
		}
	}
}

func main() {
	urgent, stop, done := make(chan int, 2), make(chan struct{}), make(chan struct{})
	normal := make(chan int, 1)
	normal <- 1
	go refill(urgent, stop, done)

	served, waited := false, 0
	for !served && waited < 10 {
		select {
		case <-urgent:
			waited++
		default:
			select {
			case <-urgent:
				waited++
			case <-normal:
				served = true
			}
		}
	}
	close(stop)
	<-done
	fmt.Println("gave up or served after at most ten:", waited <= 10)
}
