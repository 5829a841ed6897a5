package main

import "fmt"

func main() {
	var fs []func() int
	for i := 0; i < 3; i++ {
		fs = append(fs, func() int { i += 10; return i })
	}
	for _, f := range fs {
		fmt.Print(f(), " ", f(), " ")
	}
	fmt.Println()
	var ps []*int
	for i, j := 0, 10; i < j; i, j = i+1, j-3 {
		ps = append(ps, &i, &j)
		if i == 1 {
			i++
		}
	}
	for _, p := range ps {
		fmt.Print(*p, " ")
	}
	fmt.Println()
	for i := 0; i < 5; i++ {
		defer func() { fmt.Print("d", i, " ") }()
		if i%2 == 0 {
			continue
		}
		i++
	}
	m := map[string]func(){}
	for i, k := range []string{"x", "y"} {
		m[k] = func() { fmt.Print(k, i, " ") }
	}
	m["x"]()
	m["y"]()
	fmt.Println()
	x := 1
	inc := func() { x++ }
	get := func() int { return x }
	inc()
	inc()
	fmt.Println(x, get())
	y := 5
	show := func() int { return y }
	fmt.Println(show(), y)
	acc := func() func(int) int {
		sum := 0
		return func(d int) int { sum += d; return sum }
	}
	a, b := acc(), acc()
	a(1)
	a(2)
	fmt.Println(a(3), b(10))
	var fib func(int) int
	fib = func(n int) int {
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	}
	fmt.Println(fib(15))
	k := 0
	for k < 3 {
		k := k * 2
		k++
		_ = k
		func() { fmt.Print(k, " ") }()
		if k > 2 {
			break
		}
		break
	}
	for range 2 {
		k++
	}
	fmt.Println(k)
	for i := range 3 {
		i *= 2
		fmt.Print(i, " ")
	}
	for i := range uint8(3) {
		fmt.Printf("%T%d ", i, i)
	}
	for i, r := range "aé\xff世" {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println()
	func(args ...int) {
		args[0] = 9
		fmt.Println(len(args), args)
	}([]int{1, 2}...)
}
