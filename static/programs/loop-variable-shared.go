//lockstep:title One variable for all iterations
//lockstep:topic First steps
//lockstep:about Before Go 1.22 the loop had one i. The goroutines look at it when they run, and it has moved on.
//lockstep:pair loop-variable
//lockstep:go 1.21
//lockstep:expect race

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
	for _ = range []int{1, 2, 3, 4} {
		sum += <-squares
	}
	fmt.Println("sum of squares:", sum)
}
