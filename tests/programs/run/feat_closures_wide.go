package main

import (
	"fmt"
	"strings"
)

type conf struct {
	name string
	opts []string
	lim  [4]int
}

type option func(*conf)

func named(n string) option { return func(c *conf) { c.name = n } }
func limit(i, v int) option { return func(c *conf) { c.lim[i] = v } }

func build(opts ...option) conf {
	c := conf{name: "default"}
	for _, o := range opts {
		o(&c)
	}
	return c
}

func compose[T any](fs ...func(T) T) func(T) T {
	return func(x T) T {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func curry(f func(int, int, int) int) func(int) func(int) func(int) int {
	return func(a int) func(int) func(int) int {
		return func(b int) func(int) int {
			return func(c int) int { return f(a, b, c) }
		}
	}
}

type machine struct {
	state func(*machine, rune) string
	out   strings.Builder
}

func start(m *machine, r rune) string {
	if r == '(' {
		m.state = inside
		return "<"
	}
	return string(r)
}

func inside(m *machine, r rune) string {
	if r == ')' {
		m.state = start
		return ">"
	}
	return strings.ToUpper(string(r))
}

func memo(f func(int) int) func(int) int {
	seen := map[int]int{}
	return func(n int) int {
		if v, ok := seen[n]; ok {
			return v
		}
		v := f(n)
		seen[n] = v
		return v
	}
}

func main() {
	fmt.Println(build(named("x"), limit(2, 5)), build())
	inc := func(x int) int { return x + 1 }
	dbl := func(x int) int { return x * 2 }
	fmt.Println(compose(inc, dbl, inc)(3), compose(strings.ToUpper, strings.TrimSpace)(" a "), compose[int]()(7))
	fmt.Println(curry(func(a, b, c int) int { return a*100 + b*10 + c })(1)(2)(3))
	m := &machine{state: start}
	for _, r := range "ab(cd)e" {
		m.out.WriteString(m.state(m, r))
	}
	fmt.Println(m.out.String())
	calls := 0
	var fib func(int) int
	fib = memo(func(n int) int {
		calls++
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println(fib(50), calls)
	wide := conf{"wide", []string{"a", "b"}, [4]int{1, 2, 3, 4}}
	read := func() (string, int) { return wide.name, wide.lim[3] }
	fmt.Println(read())
	mut := conf{lim: [4]int{9}}
	change := func(n int) { mut.lim[n]++; mut.opts = append(mut.opts, fmt.Sprint(n)) }
	change(0)
	change(1)
	fmt.Println(mut)
	var ops = map[string]func(float64, float64) (float64, error){
		"+": func(a, b float64) (float64, error) { return a + b, nil },
		"/": func(a, b float64) (float64, error) {
			if b == 0 {
				return 0, fmt.Errorf("division of %v by zero", a)
			}
			return a / b, nil
		},
	}
	for _, o := range []string{"+", "/"} {
		r, err := ops[o](1, 0)
		fmt.Println(o, r, err)
	}
	s := "captured string"
	i := any(s)
	e := fmt.Errorf("err %s", s)
	show := func() string { return s[:3] + i.(string)[3:8] + e.Error()[:3] }
	fmt.Println(show())
	nest := func() func() func() string {
		a := "a"
		return func() func() string {
			b := a + "b"
			a += "!"
			return func() string { b += a; return b }
		}
	}
	n1 := nest()
	n2, n3 := n1(), n1()
	fmt.Println(n2(), n3(), n2())
	var stack []func()
	for i := range 3 {
		v := i * i
		stack = append(stack, func() { v += i; fmt.Print(v, " ") })
	}
	for i := len(stack) - 1; i >= 0; i-- {
		stack[i]()
		stack[i]()
	}
	fmt.Println()
	if f := func(n int) bool { return n > len(stack) }; f(5) {
		fmt.Println("func in if")
	}
	fmt.Println(func(xs ...int) (t int) {
		for _, x := range xs {
			t += x
		}
		return
	}(1, 2, 3))
	type tree struct {
		kids []*tree
		v    int
	}
	t := &tree{[]*tree{{nil, 2}, {[]*tree{{nil, 4}}, 3}}, 1}
	total := 0
	var visit func(*tree, int)
	visit = func(t *tree, depth int) {
		total += t.v * depth
		for _, k := range t.kids {
			visit(k, depth+1)
		}
	}
	visit(t, 1)
	fmt.Println(total)
	fnil := func() {}
	fmt.Println(fnil == nil)
}
