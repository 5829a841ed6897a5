//lockstep:title Generate, square, print
//lockstep:topic Pools and pipelines
//lockstep:about Three stages, each a goroutine, joined by two channels. Each closes what it sends on.
//lockstep:expect completed

package main

import "fmt"

func generate(numbers ...int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for _, n := range numbers {
			out <- n
		}
	}()
	return out
}

func square(in <-chan int) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := range in {
			out <- n * n
		}
	}()
	return out
}

func main() {
	for n := range square(generate(2, 3, 4, 5)) {
		fmt.Println(n)
	}
}
