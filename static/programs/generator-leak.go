//lockstep:title An endless generator, abandoned
//lockstep:topic Channels
//lockstep:about Main takes what it needs and goes on. The generator is left with a value that nobody will receive.
//lockstep:pair generator-cancel
//lockstep:expect leak

package main

import (
	"fmt"
	"time"
)

func naturals() <-chan int {
	out := make(chan int)
	go func() {
		for n := 1; ; n++ {
			out <- n
		}
	}()
	return out
}

func main() {
	sum := 0
	for n := range naturals() {
		sum += n
		if sum > 20 {
			break
		}
	}
	time.Sleep(time.Second) // main has other things to do
	fmt.Println("sum", sum)
}
