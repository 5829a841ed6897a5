//lockstep:title A call with a time limit
//lockstep:topic Context
//lockstep:about The result has a place to be put, so the late goroutine ends even if nobody is waiting for it.
//lockstep:pair call-with-timeout-leak
//lockstep:expect completed

package main

import (
	"errors"
	"fmt"
	"time"
)

func slow(n int, result chan<- int) {
	time.Sleep(time.Duration(n) * time.Second)
	result <- n * n
}

func square(n int, limit time.Duration) (int, error) {
	result := make(chan int, 1)
	go slow(n, result)
	select {
	case r := <-result:
		return r, nil
	case <-time.After(limit):
		return 0, errors.New("took too long")
	}
}

func main() {
	fmt.Println(square(1, 2*time.Second))
	fmt.Println(square(5, 2*time.Second))
	time.Sleep(time.Minute) // main has other things to do
}
