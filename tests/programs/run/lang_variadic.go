package main

import "fmt"

func join(sep string, parts ...any) (s string) {
	for i, p := range parts {
		if i > 0 {
			s += sep
		}
		s += fmt.Sprint(p)
	}
	return s
}

func change(xs ...int) { xs[0] = 100 }

func count(xs ...int) (int, bool) { return len(xs), xs == nil }

func pass(xs ...int) (int, bool) { return count(xs...) }

func multi() (string, int, float64) { return "-", 1, 2.5 }

func main() {
	fmt.Println(join(","), join(",", 1), join(", ", 1, "a", nil, 2.5))
	xs := []int{1, 2}
	change(xs...)
	fmt.Println(xs)
	fmt.Println(count())
	fmt.Println(pass(1, 2, 3))
	fmt.Println(pass([]int{}...))
	fmt.Println(join(multi()))
	fmt.Println(append([]any{"x"}, []any{1, 2}...)...)
	f := func(prefix string, rest ...string) { fmt.Println(prefix, len(rest), rest) }
	f("a")
	f("a", "b", "c")
}
