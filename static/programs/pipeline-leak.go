//lockstep:title A pipeline whose consumer leaves
//lockstep:topic Pools and pipelines
//lockstep:about Main needs one result only. Every stage is left with a value in its hand, and none of them ever ends.
//lockstep:pair pipeline-cancel
//lockstep:expect leak

package main

import (
	"fmt"
	"time"
)

func generate(out chan<- int) {
	for n := 1; n <= 5; n++ {
		out <- n
	}
	close(out)
}

func square(in <-chan int, out chan<- int) {
	for n := range in {
		out <- n * n
	}
	close(out)
}

func main() {
	numbers, squares := make(chan int), make(chan int)
	go generate(numbers)
	go square(numbers, squares)
	fmt.Println("the first square is", <-squares)
	time.Sleep(time.Second) // main has other things to do
}
