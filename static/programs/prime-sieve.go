//lockstep:title The prime sieve
//lockstep:topic Puzzles
//lockstep:about Each prime becomes a filter that lets through what it does not divide. The chain grows as it runs.
//lockstep:expect completed

package main

import "fmt"

func generate(limit int, out chan<- int) {
	for n := 2; n <= limit; n++ {
		out <- n
	}
	close(out)
}

func filter(prime int, in <-chan int, out chan<- int) {
	for n := range in {
		if n%prime != 0 {
			out <- n
		}
	}
	close(out)
}

func main() {
	numbers := make(chan int)
	go generate(30, numbers)
	for {
		prime, ok := <-numbers
		if !ok {
			break
		}
		fmt.Print(prime, " ")
		rest := make(chan int)
		go filter(prime, numbers, rest)
		numbers = rest
	}
	fmt.Println()
}
