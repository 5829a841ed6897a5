package main

func Map[T, U any](xs []T, f func(T) U) []U { return nil }

func Zero[T any]() (t T) { return }

func Pair[T any](a, b T) T { return a }

func Keys[K comparable, V any](m map[K]V) []K { return nil }

func main() {
	_ = Map([]int{1}, 3)
	_ = Map([]int{1}, func(s string) int { return 1 })
	_ = Map(nil, func(x int) int { return x })
	_ = Zero()
	var x int = Zero()
	println(Pair(1, "a"))
	println(Pair(1, 2.5))
	var i int
	var s string
	println(Pair(i, s))
	_ = x
	_ = Keys([]int{})
}
