package main

import (
	"fmt"
)

type Number interface {
	~int | ~float64
}

type MyInt int

func Sum[T Number](xs []T) (t T) { return }

func Exact[T int | string](t T) T { return t }

func Max[T int | string | float64](a, b T) T { return a }

func Index[T comparable](xs []T, x T) int { return 0 }

func Show[T fmt.Stringer](t T) {}

type T struct{}

func (*T) String() string { return "" }

func main() {
	_ = Sum([]int{1})
	_ = Sum([]string{"a"})
	_ = Sum([]MyInt{1})
	_ = Exact(MyInt(1))
	_ = Max("a", "b")
	_ = Max(true, false)
	_ = Index([]func(){}, nil)
	_ = Index([]any{}, 1)
	Show(1)
	Show(T{})
	Show(&T{})
}
