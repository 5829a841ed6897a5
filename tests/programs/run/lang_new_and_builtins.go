package main

import "fmt"

type t struct {
	a []int
	m map[string]int
}

func main() {
	p := new(t)
	p.a = append(p.a, 1, 2, 3)
	p.m = make(map[string]int, 10)
	p.m["x"] = len(p.a) + cap(make([]int, 1, 8))
	fmt.Println(*p, len("héllo"), len([3]int{}), cap(p.a[:0]) >= 3)
	fmt.Println(min(3, 1, 2), max("a", "b"), min(2.5, 1))
	s := []int{1, 2, 3, 4}
	copy(s[2:], s)
	fmt.Println(s)
	clear(p.m)
	fmt.Println(len(p.m))
	n := new(41 + 1)
	fmt.Println(*n)
	print()
	defer func() {
		r := recover()
		fmt.Println(r)
	}()
	size := -5
	_ = make([]int, size)
}
