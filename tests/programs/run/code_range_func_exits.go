package main

import "fmt"

func count(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		defer fmt.Println("iterator done")
		for i := 0; i < n; i++ {
			if !yield(i) {
				fmt.Println("stopped at", i)
				return
			}
		}
	}
}

func pairs(yield func(string, int) bool) {
	_ = yield("a", 1) && yield("b", 2) && yield("c", 3)
}

func none(yield func() bool) {
	for yield() {
	}
}

func find(n int) (found string, err error) {
	defer func() { found += "!" }()
	for k, v := range pairs {
		defer fmt.Println("deferred", k)
		if v == n {
			return k, nil
		}
	}
	return "none", fmt.Errorf("no %d", n)
}

func nested() int {
outer:
	for i := range count(3) {
		for j := range count(3) {
			switch {
			case j == 1 && i == 0:
				continue outer
			case i == 1:
				break outer
			}
			fmt.Println("ij", i, j)
		}
	}
	for i := range count(5) {
		for range count(2) {
			for k := range pairs {
				if i == 2 && k == "b" {
					return 42
				}
			}
		}
	}
	return 0
}

func jump() {
	n := 0
again:
	for i := range count(2) {
		n++
		if i == 1 && n < 4 {
			goto again
		}
	}
	fmt.Println("n", n)
}

func captured() []func() int {
	var fs []func() int
	total := 0
	for i := range count(3) {
		fs = append(fs, func() int { total += i; i *= 10; return i + total })
	}
	return fs
}

type tree struct {
	left, right *tree
	value       int
}

func (t *tree) all(yield func(int) bool) bool {
	return t == nil || t.left.all(yield) && yield(t.value) && t.right.all(yield)
}

func (t *tree) each(yield func(int) bool) { t.all(yield) }

func main() {
	fmt.Println(find(2))
	fmt.Println(find(7))
	fmt.Println(nested())
	jump()
	for _, f := range captured() {
		fmt.Println(f(), f())
	}
	c := 0
	for range none {
		c++
		if c == 5 {
			break
		}
	}
	fmt.Println(c)
	var x int
	var s string
	for s, x = range pairs {
		if x == 2 {
			break
		}
	}
	fmt.Println(s, x)
	t := &tree{&tree{nil, nil, 1}, &tree{&tree{nil, nil, 3}, nil, 4}, 2}
	for v := range t.each {
		if v == 4 {
			continue
		}
		fmt.Print(v, " ")
	}
	fmt.Println()
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		for i := range count(3) {
			if i == 1 {
				panic("in body")
			}
		}
	}()
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		var leak func(int) bool
		for i := range func(yield func(int) bool) { leak = yield; yield(1) } {
			fmt.Println("body", i)
		}
		leak(2)
	}()
}
