package main

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Println("cleanup")
		for i := range n {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

func pairs(xs []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i, x := range xs {
			if !yield(i, x) {
				return
			}
		}
	}
}

func search(want int) (found bool) {
	for v := range count(10) {
		if v == want {
			return true
		}
	}
	return false
}

func main() {
	for v := range count(3) {
		fmt.Println(v)
	}
	for v := range count(5) {
		if v == 1 {
			continue
		}
		if v == 3 {
			break
		}
		fmt.Println("body", v)
	}
	fmt.Println(search(2), search(20))
outer:
	for i, s := range pairs([]string{"a", "b", "c"}) {
		for v := range count(3) {
			if v == 1 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Println(i, s, v)
		}
	}
	for range count(1) {
		defer fmt.Println("deferred in loop body")
	}
	next, stop := iter.Pull(count(3))
	a, ok := next()
	b, ok2 := next()
	fmt.Println(a, ok, b, ok2)
	stop()
	_, ok = next()
	fmt.Println(ok)
	fmt.Println(slices.Collect(maps.Keys(map[int]bool{4: true})), slices.Sorted(maps.Values(map[string]int{"a": 2, "b": 1})))
	func() {
		for yield := range func(yield func(func()) bool) { yield(func() { fmt.Println("called") }) } {
			yield()
		}
	}()
}
