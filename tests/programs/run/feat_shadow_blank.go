package main

import "fmt"

var x = "package"

type T struct {
	_ int
	a int
	_ string
}

func (T) noName(_ int, _ string) (_ int, _ error) { return 1, nil }

func params(_ int, _, s string) string { return s }

func results() (n int, _ string) {
	n = 3
	return n, "z"
}

var _ = fmt.Sprint("evaluated")
var _, second = func() (int, int) { return 1, 2 }()

func use(p ...any) int { return len(p) }

func main() {
	fmt.Println(x)
	x := 1
	{
		x := x + 1
		x++
		fmt.Println(x)
	}
	if x := x * 10; x > 5 {
		x := "inner"
		fmt.Println(x)
	} else {
		fmt.Println(x)
	}
	fmt.Println(x)
	for x := 0; x < 2; x++ {
		x := x * 2
		fmt.Print(x, " ")
	}
	fmt.Println(x)
	switch x := any(x).(type) {
	case int:
		x++
		fmt.Println(x)
	}
	x, err := 5, error(nil)
	x, y := x+1, err
	_, _ = x, y
	_ = use(x, y)
	fmt.Println(x, y)
	int := func(s string) string { return s + "!" }
	fmt.Println(int("shadowed"))
	len := 3
	true := false
	nil := 0
	fmt.Println(len, true, nil)
	f := func(x string) func() string {
		return func() string {
			x += "."
			return x
		}
	}
	g := f("a")
	g()
	fmt.Println(g(), params(1, "", "s"), second)
	fmt.Println(results())
	fmt.Println(T{a: 4}.noName(1, ""))
	a, b, c := 1, 2, 3
	a, d := b, c
	fmt.Println(a, b, c, d)
	var (
		p, q = 1, "q"
		r    float64
		s    = []string{q}
	)
	fmt.Println(p, q, r, s)
	func(x string) { fmt.Println(x) }("arg")
	type x2 = string
	var al x2 = "alias"
	fmt.Println(al + q)
	for i, _ := range []string{"a"} {
		_ = i
	}
	for _ = range 2 {
		p++
	}
	for range "ab" {
		p++
	}
	fmt.Println(p)
	var fn func(string) string
	fn = func(n string) string {
		if n == "" {
			return "end"
		}
		return n[:1] + "," + fn(n[1:])
	}
	fmt.Println(fn("abc"))
	T := T{a: 7}
	fmt.Println(T.a)
	goto end
end:
	fmt.Println("done")
}
