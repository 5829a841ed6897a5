package main

import "fmt"

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		defer func() { a, b = b, a+b }()
		return a
	}
}

func main() {
	inc, reset := counter()
	other, _ := counter()
	fmt.Println(inc(), inc(), other())
	reset()
	fmt.Println(inc(), other())
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println(compose(func(x int) int { return x + 1 }, func(x int) int { return x * x })(4))
	f := fib()
	for range 8 {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	var fact func(int) int
	fact = func(n int) int {
		if n < 2 {
			return 1
		}
		return n * fact(n-1)
	}
	fmt.Println(fact(10), func(a, b int) int { return a - b }(5, 3))
	x := 1
	p := &x
	func() { x = 2; *p += 5 }()
	fmt.Println(x)
	funcs := map[string]func(float64, float64) float64{
		"+": func(a, b float64) float64 { return a + b },
		"/": func(a, b float64) float64 { return a / b },
	}
	fmt.Println(funcs["+"](1, 2), funcs["/"](1, 4), funcs["?"] == nil)
}
