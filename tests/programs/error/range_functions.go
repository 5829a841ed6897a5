package main

func f(yield func(int) bool) {}

func g(yield func()) {}

func h(x int) {}

func k(yield func(string, int) bool) {}

func main() {
	for x := range f {
	}
	for x, y := range f {
	}
	for range g {
	}
	for x := range h {
	}
	for a, b := range k {
		_, _ = a+1, b+1
	}
}
