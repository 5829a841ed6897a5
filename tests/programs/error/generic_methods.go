package main

type List[T any] struct{ items []T }

func (l List[T]) Map[U any](f func(T) U) List[U] { return List[U]{} }

type Mapper interface{ Map(func(int) int) List[int] }

func main() {
	var l List[int]
	_ = l.Map(func(x int) string { return "" })
	_ = l.Map(func(x string) int { return 1 })
	_ = l.Map[string](func(x int) int { return 1 })
	var s List[string] = l.Map(func(x int) int { return x })
	_ = s
	var m Mapper = l
}
