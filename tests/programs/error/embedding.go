package main

type A struct{ x, y int }

func (A) m() {}

type B struct{ x int }

func (*B) m() {}

func (*B) n() {}

type Outer struct {
	A
	B
}

type I interface{ n() }

type Bad struct {
	*I
	P
}

type P *A

func main() {
	var o Outer
	o.x = 1
	o.y = 2
	o.m()
	o.n()
	var i I = o
	var j I = &o
	_, _ = i, j
}
