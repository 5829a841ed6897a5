package main

import (
	"errors"
	"fmt"
	"strings"
)

type number interface {
	~int | ~int8 | ~uint8 | ~float64
}

func sum[T number](xs ...T) (s T) {
	for _, x := range xs {
		s += x
	}
	return
}

func mapOf[A, B any](xs []A, f func(A) B) []B {
	out := make([]B, 0, len(xs))
	for _, x := range xs {
		out = append(out, f(x))
	}
	return out
}

func reduce[A, R any](xs []A, r R, f func(R, A) R) R {
	for _, x := range xs {
		r = f(r, x)
	}
	return r
}

type stack[T any] struct{ items []T }

func (s *stack[T]) push(x T) *stack[T] { s.items = append(s.items, x); return s }
func (s *stack[T]) pop() (x T, err error) {
	if len(s.items) == 0 {
		return x, errors.New("empty")
	}
	x = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return
}

type list[K comparable, V any] struct {
	head *node[K, V]
	size int
}

type node[K comparable, V any] struct {
	key  K
	val  V
	next *node[K, V]
}

func (l *list[K, V]) set(k K, v V) {
	for n := l.head; n != nil; n = n.next {
		if n.key == k {
			n.val = v
			return
		}
	}
	l.head = &node[K, V]{k, v, l.head}
	l.size++
}

func (l *list[K, V]) all() func(func(K, V) bool) {
	return func(yield func(K, V) bool) {
		for n := l.head; n != nil; n = n.next {
			if !yield(n.key, n.val) {
				return
			}
		}
	}
}

type shower interface{ show() string }

type celsius float64

func (c celsius) show() string { return fmt.Sprintf("%.1f°", float64(c)) }

type name string

func (n *name) show() string { return "name " + string(*n) }

func join[T shower](xs []T) string {
	var parts []string
	for _, x := range xs {
		parts = append(parts, x.show())
	}
	f := T.show
	if len(xs) > 0 {
		parts = append(parts, "last="+f(xs[len(xs)-1]))
	}
	return strings.Join(parts, ",")
}

type pointerTo[T any] interface {
	*T
	shower
}

func build[T any, P pointerTo[T]](set func(*T)) string {
	var t T
	set(&t)
	return P(&t).show()
}

func zero[T any]() T { var z T; return z }

func describe[T any](x T) string {
	switch v := any(x).(type) {
	case int:
		return fmt.Sprint("int ", v+1)
	case string:
		return "string " + v
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprintf("%T", x)
}

type pair[A, B any] struct {
	first  A
	second B
}

func (p pair[A, B]) swap() pair[B, A] { return pair[B, A]{p.second, p.first} }

type tree[T interface{ less(T) bool }] struct {
	l, r *tree[T]
	v    T
}

func (t *tree[T]) insert(v T) *tree[T] {
	if t == nil {
		return &tree[T]{v: v}
	}
	if v.less(t.v) {
		t.l = t.l.insert(v)
	} else {
		t.r = t.r.insert(v)
	}
	return t
}

func (t *tree[T]) walk(f func(T)) {
	if t != nil {
		t.l.walk(f)
		f(t.v)
		t.r.walk(f)
	}
}

type num int

func (a num) less(b num) bool { return a < b }

func counter[T any]() func(T) int {
	n := 0
	return func(T) int { n++; return n }
}

func max2[T int | string](a, b T) T {
	if a > b {
		return a
	}
	return b
}

func keys[M ~map[K]V, K comparable, V any](m M) int { return len(m) }

type set[T comparable] map[T]struct{}

func (s set[T]) add(x T) { s[x] = struct{}{} }

func chans[T any](xs ...T) <-chan T {
	c := make(chan T, len(xs))
	for _, x := range xs {
		c <- x
	}
	close(c)
	return c
}

func main() {
	fmt.Println(sum(1, 2, 3), sum(1.5, 2), sum[uint8](200, 100), sum[int8](), sum(celsius(1), 2))
	fmt.Println(mapOf([]int{1, 2}, func(i int) string { return strings.Repeat("x", i) }))
	fmt.Println(reduce([]string{"a", "bb"}, 0, func(n int, s string) int { return n + len(s) }))
	s := (&stack[string]{}).push("a").push("b")
	fmt.Println(s.pop())
	fmt.Println(s.pop())
	fmt.Println(s.pop())
	var l list[string, []int]
	l.set("x", []int{1})
	l.set("y", nil)
	l.set("x", []int{2, 3})
	for k, v := range l.all() {
		fmt.Print(k, v, " ")
	}
	fmt.Println(l.size)
	fmt.Println(join([]celsius{1, 2.25}), build(func(n *name) { *n = "bob" }))
	fmt.Println(zero[int](), zero[string]() == "", zero[*int]() == nil, zero[[2]bool]())
	fmt.Println(describe(1), describe("s"), describe(2.5), describe([]string{}), describe(pair[int, error]{}))
	p := pair[string, int]{"a", 1}
	fmt.Printf("%v %+v %T %T\n", p.swap(), p, p, p.swap())
	var t *tree[num]
	for _, v := range []num{3, 1, 2} {
		t = t.insert(v)
	}
	t.walk(func(n num) { fmt.Print(n, " ") })
	c, d := counter[int](), counter[string]()
	c(1)
	fmt.Println(c(2), d(""))
	fmt.Println(max2("a", "b"), max2(2, 1), keys(map[string]int{"a": 1}), keys(set[int]{}))
	st := set[pair[int, string]]{}
	st.add(pair[int, string]{1, "x"})
	st.add(pair[int, string]{1, "x"})
	fmt.Println(len(st), st)
	for v := range chans(1, 2) {
		fmt.Print(v, " ")
	}
	f := sum[float64]
	fmt.Println(f(1, 2.5))
}
