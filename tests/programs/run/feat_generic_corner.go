package main

import (
	"cmp"
	"fmt"
	"sort"
)

type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T] { return Opt[T]{v, true} }
func (o Opt[T]) Or(d T) T {
	if o.ok {
		return o.v
	}
	return d
}
func (o *Opt[T]) Set(v T) { o.v, o.ok = v, true }

type Embeds[T any] struct {
	Opt[T]
	*Count
	extra []T
}

type Count struct{ n int }

func (c *Count) Inc() int { c.n++; return c.n }

type Num interface{ ~int | ~int64 | ~float64 }

func Fold[S ~[]E, E, A any](s S, a A, f func(A, E) A) A {
	for _, e := range s {
		a = f(a, e)
	}
	return a
}

func Local[T any](x T) string {
	type box struct{ in T }
	type pair[U any] struct{ a, b U }
	b := box{x}
	p := pair[box]{b, b}
	return fmt.Sprintf("%v %v", b, p.a)
}

func Closure[T Num](start T) (func(T), func() T) {
	total := start
	return func(d T) { total += d }, func() T { return total }
}

type IDs []int

func (s IDs) Sum() int { return Fold(s, 0, func(a, e int) int { return a + e }) }

func SortBy[T any, K cmp.Ordered](xs []T, key func(T) K) {
	sort.Slice(xs, func(i, j int) bool { return key(xs[i]) < key(xs[j]) })
}

type Visitor[R any] interface {
	Num(int) R
	Add(Expr, Expr) R
}

type Expr interface{ show() string }
type N int
type A struct{ l, r Expr }

func (n N) show() string { return fmt.Sprint(int(n)) }
func (a A) show() string { return "(" + a.l.show() + "+" + a.r.show() + ")" }

func Accept[R any](e Expr, v Visitor[R]) R {
	switch e := e.(type) {
	case N:
		return v.Num(int(e))
	case A:
		return v.Add(e.l, e.r)
	}
	panic("no")
}

type eval struct{}

func (v eval) Num(n int) int    { return n }
func (v eval) Add(l, r Expr) int { return Accept[int](l, v) + Accept[int](r, v) }

type depth struct{}

func (v depth) Num(int) string         { return "." }
func (v depth) Add(l, r Expr) string { return "[" + Accept[string](l, v) + Accept[string](r, v) + "]" }

func Ptr[T any](v T) *T { return &v }

func Cast[T, U ~int | ~uint8 | ~float64](x T) U { return U(x) }

func Len[T ~string | ~[]byte](x T) int {
	n := 0
	for i := range len(x) {
		if x[i] != ' ' {
			n++
		}
	}
	return n
}

func Chan[T any](n int, f func(int) T) []T {
	c := make(chan T)
	go func() {
		defer close(c)
		for i := range n {
			c <- f(i)
		}
	}()
	var out []T
	for v := range c {
		out = append(out, v)
	}
	return out
}

func Eq[T comparable](a, b T) bool { return a == b }

func Index[T comparable](xs []T, x T) int {
	for i, v := range xs {
		if v == x {
			return i
		}
	}
	return -1
}

type Matrix[T Num] [2][2]T

func (m Matrix[T]) Mul(o Matrix[T]) (r Matrix[T]) {
	for i := range 2 {
		for j := range 2 {
			for k := range 2 {
				r[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return
}

type Rec[T any] struct {
	val  T
	kids []Rec[T]
	up   *Rec[T]
}

func (r *Rec[T]) Count() int {
	n := 1
	for i := range r.kids {
		n += r.kids[i].Count()
	}
	return n
}

type Fn[A, B any] func(A) B

func (f Fn[A, B]) Map(xs ...A) (out []B) {
	for _, x := range xs {
		out = append(out, f(x))
	}
	return
}

func zeroes[T any]() (a T, b *T, c []T, d map[string]T, e any) {
	e = a
	return
}

func main() {
	var o Opt[string]
	fmt.Println(o.Or("default"), Some(3).Or(4))
	o.Set("set")
	e := Embeds[string]{Opt: o, Count: &Count{}}
	e.Set("embedded")
	e.extra = append(e.extra, e.Or(""))
	fmt.Println(e.Or("x"), e.Inc(), e.Inc(), e.extra, e.n)
	fmt.Println(Local(1), Local("s"), Local([]int{1}))
	add, get := Closure(1.5)
	add(2)
	add(0.5)
	fmt.Println(get(), IDs{1, 2, 3}.Sum())
	words := []string{"ccc", "a", "bb"}
	SortBy(words, func(s string) int { return len(s) })
	fmt.Println(words)
	ex := A{N(1), A{N(2), N(3)}}
	fmt.Println(ex.show(), Accept[int](ex, eval{}), Accept[string](ex, depth{}))
	p := Ptr(5)
	*p++
	fmt.Println(*p, *Ptr("x"), Cast[float64, int](3.99), Cast[int, uint8](300), Len("a b c"), Len([]byte(" x")))
	fmt.Println(Chan(3, func(i int) string { return fmt.Sprint("v", i) }))
	fmt.Println(Eq(1, 1), Eq("a", "b"), Eq[any](1, 1.0), Eq([2]int{1, 2}, [2]int{1, 2}), Index([]any{1, "x", nil}, any("x")))
	m := Matrix[int]{{1, 1}, {1, 0}}
	fmt.Println(m.Mul(m).Mul(m), Matrix[float64]{{0.5}}.Mul(Matrix[float64]{{2}}))
	r := Rec[int]{1, []Rec[int]{{val: 2}, {3, []Rec[int]{{}}, nil}}, nil}
	r.kids[0].up = &r
	fmt.Println(r.Count(), r.kids[0].up.val)
	fmt.Println(Fn[int, string](func(i int) string { return fmt.Sprint(i * i) }).Map(1, 2, 3))
	a, b, c, d, z := zeroes[[2]string]()
	fmt.Printf("%q %v %v %v %T\n", a, b, c == nil, d == nil, z)
	f := Some[float64]
	g := Opt[int].Or
	h := (*Opt[int]).Set
	var oi Opt[int]
	h(&oi, 9)
	fmt.Println(f(2), g(oi, 1), oi)
	fmt.Printf("%T %T %T %T\n", o, r.kids, Fn[int, error](nil), map[string]Opt[[]int]{})
}
