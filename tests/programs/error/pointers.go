package main

var m map[string]int

func f() int { return 1 }

func main() {
	x := 1
	_ = *x
	_ = &1
	_ = &f()
	_ = &"a"
	_ = &m["a"]
	var p *int = x
	var q *string = &x
	p.x = 1
	**p = 1
	*nil = 1
	_ = &struct{}{}
	_ = q
	_ = *main
}
