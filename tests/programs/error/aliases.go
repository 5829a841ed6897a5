package main

type A = int

type B = struct{ x int }

type M = map[string]int

type L[T any] = []T

func main() {
	var a A = "x"
	var b B = 3
	var m M = map[string]int{"a": 1}
	m["b"] = "c"
	a.x()
	var l L[int] = []string{}
	_, _, _ = a, b, l
}
