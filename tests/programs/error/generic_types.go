package main

type List[T any] struct{ items []T }

func (l *List[T]) Push(x T) {}

type Pair[A, B any] struct {
	a A
	b B
}

type Set[T comparable] map[T]bool

type Plain struct{}

func (p Pair[A]) one() {}

func (p Pair) two() {}

func (p Plain[T]) three() {}

func main() {
	var a List
	var b List[int, string]
	var c List[missing]
	var d Pair[int]
	var e Set[[]int]
	var f Plain[int]
	var g List[int]
	g.Push("a")
	g.Pop()
	_ = List{}
	_ = List[int]{items: []string{}}
	_, _, _, _, _, _ = a, b, c, d, e, f
}
