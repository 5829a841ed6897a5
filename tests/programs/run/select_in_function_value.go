package main

import "fmt"

type stage func(<-chan int) <-chan int

func apply(in <-chan int, stages ...stage) <-chan int {
	for _, s := range stages {
		in = s(in)
	}
	return in
}

func each(f func(int) (int, bool)) stage {
	return func(in <-chan int) <-chan int {
		out := make(chan int)
		go func() {
			defer close(out)
			for v := range in {
				if w, keep := f(v); keep {
					out <- w
				}
			}
		}()
		return out
	}
}

func main() {
	in := make(chan int)
	go func() {
		defer close(in)
		for i := range 8 {
			in <- i
		}
	}()
	even := each(func(v int) (int, bool) { return v, v%2 == 0 })
	square := each(func(v int) (int, bool) { return v * v, true })
	for v := range apply(in, even, square) {
		fmt.Println(v)
	}
}
