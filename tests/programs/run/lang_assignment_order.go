package main

import "fmt"

func f(name string, v int) int {
	fmt.Print(name, " ")
	return v
}

func two() (int, int) { return 1, 2 }

type t struct{ a, b int }

func main() {
	i := 0
	xs := []int{10, 20, 30}
	i, xs[i] = 2, 99
	fmt.Println(i, xs)
	xs[0], xs[1], xs[2] = xs[2], xs[0], xs[1]
	fmt.Println(xs)
	a, b := 1, 2
	a, b = b, a+b
	fmt.Println(a, b)
	a, c := two()
	fmt.Println(a, c)
	m := map[string]int{}
	m["x"], m["y"] = two()
	fmt.Println(m)
	xs[f("index", 0)] = f("value", 5)
	fmt.Println(f("l", 1)+f("r", 2)*f("rr", 3), f("arg2", 4))
	p := &t{1, 2}
	p.a, p.b = p.b, p.a
	p, q := &t{7, 8}, p
	fmt.Println(*p, *q)
	var arr [3]int
	j := 1
	arr[j], j = 5, 2
	fmt.Println(arr, j)
	x := 10
	x += x
	x -= 3
	x *= 2
	x /= 5
	x %= 4
	x <<= 3
	x |= 1
	x &^= 8
	x ^= 0xf
	fmt.Println(x)
	var s, e = "a", error(nil)
	s += "b"
	fmt.Println(s, e)
	_ = f("blank", 1)
	fmt.Println()
	if f("and", 0) == 1 && f("not evaluated", 1) == 1 || f("or", 1) == 1 {
		fmt.Println("yes")
	}
}
