//lockstep:title A generator
//lockstep:topic Channels
//lockstep:about A function starts a goroutine and returns the channel on which its values come.
//lockstep:expect completed

package main

import "fmt"

func fibonacci(n int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		a, b := 0, 1
		for range n {
			out <- a
			a, b = b, a+b
		}
	}()
	return out
}

func main() {
	for n := range fibonacci(10) {
		fmt.Print(n, " ")
	}
	fmt.Println()
}
