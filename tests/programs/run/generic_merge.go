// Generic functions over channels.
package main

import "fmt"

func source[T any](values ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	return out
}

func transform[A, B any](in <-chan A, f func(A) B) <-chan B {
	out := make(chan B)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

func collect[T any](in <-chan T) (all []T) {
	for v := range in {
		all = append(all, v)
	}
	return
}

func main() {
	squares := transform(source(1, 2, 3), func(n int) int { return n * n })
	fmt.Println(collect(transform(squares, func(n int) string { return fmt.Sprint("<", n, ">") })))
}
