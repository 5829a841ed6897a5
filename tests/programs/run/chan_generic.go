package main

import "fmt"

func mapped[A, B any](in <-chan A, f func(A) B) <-chan B {
	out := make(chan B)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

func from[T any](values ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range values {
			out <- v
		}
	}()
	return out
}

func main() {
	lengths := mapped(from("a", "bcd", "ef"), func(s string) int { return len(s) })
	for s := range mapped(lengths, func(n int) string { return fmt.Sprint("<", n, ">") }) {
		fmt.Println(s)
	}
}
