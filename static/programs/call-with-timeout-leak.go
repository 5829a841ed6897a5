//lockstep:title A late result that nobody takes
//lockstep:topic Context
//lockstep:about The caller has given up, and the unbuffered channel keeps the goroutine and its result for ever.
//lockstep:pair call-with-timeout
//lockstep:expect leak

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
	result := make(chan int)
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
