//lockstep:title A variable for each iteration
//lockstep:topic First steps
//lockstep:about Since Go 1.22 every iteration has its own i, so each goroutine sees the value it was started with.
//lockstep:pair loop-variable-shared
//lockstep:expect completed

package main

import "fmt"

func main() {
	squares := make(chan int, 4)
	for i := 1; i <= 4; i++ {
		go func() {
			squares <- i * i
		}()
	}
	sum := 0
	for range 4 {
		sum += <-squares
	}
	fmt.Println("sum of squares:", sum)
}
