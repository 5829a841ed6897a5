package main

import (
	"fmt"
	"sort"
	"strings"
)

type animal interface {
	sound() string
	Name() string
}

type base struct{ name string }

func (b base) Name() string      { return b.name }
func (b *base) rename(s string)  { b.name = s }
func (b base) sound() string     { return "..." }
func (b base) with(s string) base { b.name += s; return b }

type dog struct {
	base
	age int
}

func (d dog) sound() string { return "woof" }

type puppy struct {
	*dog
	toys []string
}

type loud struct{ animal }

func (l loud) sound() string { return strings.ToUpper(l.animal.sound()) }

type fn func(int) int

func (f fn) twice(x int) int { return f(f(x)) }

type ints []int

func (s ints) Len() int           { return len(s) }
func (s ints) Less(i, j int) bool { return s[i] < s[j] }
func (s ints) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *ints) add(n ...int)      { *s = append(*s, n...) }

type temp map[string]float64

func (t temp) avg() (a float64) {
	for _, v := range t {
		a += v
	}
	return a / float64(len(t))
}

type reverse struct{ sort.Interface }

func (r reverse) Less(i, j int) bool { return r.Interface.Less(j, i) }

type counter struct{ n int }

func (c *counter) inc() *counter { c.n++; return c }
func (c counter) get() int       { return c.n }

type holder struct {
	c  counter
	cp *counter
	m  map[string]*counter
	a  [2]counter
	s  []counter
}

func apply(f func() int) int { return f() }

func main() {
	d := dog{base{"rex"}, 3}
	d.rename("max")
	p := puppy{&d, nil}
	p.rename("tiny")
	fmt.Println(d.Name(), p.Name(), p.sound(), p.base.sound(), p.with("!").Name(), d.age)
	animals := []animal{d, &d, p, loud{d}, &loud{loud{p}}, base{"b"}}
	for _, a := range animals {
		fmt.Print(a.Name(), " ", a.sound(), "; ")
	}
	fmt.Println()
	fmt.Println(fn(func(x int) int { return x * 3 }).twice(2))
	var s ints
	s.add(3, 1, 2)
	sort.Sort(s)
	fmt.Print(s, " ")
	sort.Sort(reverse{s})
	fmt.Println(s, temp{"a": 1, "b": 3}.avg())
	h := holder{cp: &counter{}, m: map[string]*counter{"x": {}}, s: make([]counter, 2)}
	h.c.inc().inc()
	h.cp.inc()
	h.m["x"].inc()
	h.a[1].inc()
	h.s[1].inc().inc()
	hp := &h
	hp.a[0].inc()
	fmt.Println(h.c.get(), h.cp.get(), h.m["x"].get(), h.a, h.s)
	f := h.c.get
	g := h.c.inc
	h.c.n = 10
	g()
	fmt.Println(f(), h.c.n, apply(h.c.get), apply(counter{5}.get))
	m1 := (*counter).inc
	m2 := counter.get
	m3 := (*counter).get
	m4 := animal.sound
	m5 := puppy.Name
	m1(&h.c)
	fmt.Println(m2(h.c), m3(&h.c), m4(d), m5(p))
	var a animal = d
	b := a.sound
	a = base{"z"}
	fmt.Println(b(), a.sound())
	var i interface{ rename(string) } = &d
	i.rename("final")
	_, isStr := a.(fmt.Stringer)
	x, ok := a.(base)
	fmt.Println(d.name, isStr, x, ok)
	type local struct{ dog }
	l := local{d}
	l.rename("loc")
	fmt.Println(l.Name(), d.Name(), l)
	var np *counter
	defer func() { fmt.Println("nil receiver:", recover() != nil) }()
	fmt.Println(np.get())
}
