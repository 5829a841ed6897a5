//lockstep:title Stages behind an interface
//lockstep:topic Pools and pipelines
//lockstep:about A pipeline is put together from stages that know nothing of each other: some transform, some filter.
//lockstep:expect completed

package main

import "fmt"

type Stage interface {
	Run(in <-chan int, out chan<- int)
}

type transform func(int) int

func (f transform) Run(in <-chan int, out chan<- int) {
	defer close(out)
	for n := range in {
		out <- f(n)
	}
}

type filter func(int) bool

func (keep filter) Run(in <-chan int, out chan<- int) {
	defer close(out)
	for n := range in {
		if keep(n) {
			out <- n
		}
	}
}

func count(n int, out chan<- int) {
	defer close(out)
	for i := 1; i <= n; i++ {
		out <- i
	}
}

func main() {
	stages := []Stage{
		filter(func(n int) bool { return n%2 == 1 }),
		transform(func(n int) int { return n * n }),
		filter(func(n int) bool { return n > 10 }),
	}
	in := make(chan int)
	go count(9, in)
	for _, stage := range stages {
		out := make(chan int)
		go stage.Run(in, out)
		in = out
	}
	for n := range in {
		fmt.Println(n)
	}
}
