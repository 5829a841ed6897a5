package main

import "fmt"

func main() {
	a := make(chan int)
	b := make(chan int)
	c := a
	var n chan int
	var r <-chan int = a
	fmt.Println(a == b, a == c, n == nil, a != nil, r == a)
	var i, j any = a, c
	fmt.Println(i == j, i == any(b))
	m := map[chan int]string{a: "a", b: "b"}
	fmt.Println(m[c], m[b], len(m))
}
