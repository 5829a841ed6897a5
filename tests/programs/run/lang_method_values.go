package main

import "fmt"

type acc struct{ total int }

func (a *acc) add(n int) *acc { a.total += n; return a }
func (a acc) show(s string)   { fmt.Println(s, a.total) }

type greeter interface{ greet(string) string }
type en struct{ word string }

func (e en) greet(n string) string { return e.word + " " + n }

type fn func(int) int

func (f fn) twice(x int) int { return f(f(x)) }

func apply(f func(int) *acc, n int) { f(n) }

func main() {
	a := &acc{}
	a.add(1).add(2).add(3)
	apply(a.add, 10)
	show := a.show
	a.add(100)
	show("bound copy")
	a.show("now")
	(*acc).add(a, 1)
	acc.show(*a, "expression")
	var g greeter = en{"hello"}
	f := g.greet
	g = en{"bye"}
	h := greeter.greet
	fmt.Println(f("x"), h(g, "y"))
	fmt.Println(fn(func(x int) int { return x * 3 }).twice(2))
	defer a.show("deferred")
	go a.add(5)
	fs := []func(string){a.show, acc{7}.show}
	for _, f := range fs {
		f("in slice")
	}
}
