package main

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

type number interface {
	~int | ~int64 | ~float64
}

func sum[T number](xs ...T) (total T) {
	for _, x := range xs {
		total += x
	}
	return
}

func mapSlice[A, B any](xs []A, f func(A) B) []B {
	out := make([]B, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func reduce[T, A any](xs []T, init A, f func(A, T) A) A {
	for _, x := range xs {
		init = f(init, x)
	}
	return init
}

func keys[M ~map[K]V, K cmp.Ordered, V any](m M) int { return len(m) }

type stack[T any] struct{ items []T }

func (s *stack[T]) push(x T) { s.items = append(s.items, x) }
func (s *stack[T]) pop() (T, error) {
	var zero T
	if len(s.items) == 0 {
		return zero, errors.New("empty")
	}
	x := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return x, nil
}

type pair[K comparable, V any] struct {
	key K
	val V
}

func (p pair[K, V]) String() string { return fmt.Sprintf("<%v=%v>", p.key, p.val) }

type list[T any] struct {
	head *elem[T]
	size int
}

type elem[T any] struct {
	v    T
	next *elem[T]
}

func (l *list[T]) add(v T) {
	l.head = &elem[T]{v, l.head}
	l.size++
}

func (l *list[T]) all() func(yield func(int, T) bool) {
	return func(yield func(int, T) bool) {
		i := 0
		for e := l.head; e != nil; e = e.next {
			if !yield(i, e.v) {
				return
			}
			i++
		}
	}
}

type myInt int

func largest[T cmp.Ordered](a T, rest ...T) T {
	for _, b := range rest {
		if b > a {
			a = b
		}
	}
	return a
}

type set[T comparable] map[T]struct{}

func (s set[T]) add(v T) set[T] { s[v] = struct{}{}; return s }

func ptr[T any](v T) *T { return &v }

func convert[To, From ~int | ~float64](f From) To { return To(f) }

type tree[T interface{ less(T) bool }] struct {
	root *tree[T]
	v    T
}

func (m myInt) less(o myInt) bool { return m < o }

func isLess[T interface{ less(T) bool }](a, b T) bool { return a.less(b) }

func main() {
	fmt.Println(sum(1, 2, 3), sum(1.5, 2), sum[myInt](4, 5), sum[int]())
	fmt.Println(mapSlice([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }))
	fmt.Println(reduce([]string{"a", "bb"}, 0, func(n int, s string) int { return n + len(s) }))
	fmt.Println(keys(map[string]int{"a": 1}))
	var s stack[string]
	s.push("a")
	s.push("b")
	fmt.Println(s.pop())
	fmt.Println(s.pop())
	fmt.Println(s.pop())
	p := pair[string, []int]{"k", []int{1}}
	fmt.Println(p, p.String())
	fmt.Printf("%T %T\n", p, s)
	var l list[float64]
	l.add(1.5)
	l.add(2.5)
	for i, v := range l.all() {
		fmt.Print(i, ":", v, " ")
	}
	fmt.Println(l.size, largest(3, 9, 4), largest("a", "c", "b"), len(set[int]{}.add(1).add(1).add(2)))
	q := ptr(5)
	*q++
	fmt.Println(*q, convert[float64](3)/2, convert[int](3.9), isLess(myInt(1), 2))
	f := sum[float64]
	fmt.Println(f(1, 2), tree[myInt]{v: 3}.v)
}
