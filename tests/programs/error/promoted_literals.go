package main

type A struct{ x, y int }

type C struct{ w int }

type B struct {
	A
	*C
	z int
}

func main() {
	_ = B{x: 1, z: 2}
	_ = B{x: 1, A: A{}}
	_ = B{A: A{}, x: 1}
	_ = B{w: 1}
	_ = B{q: 1}
	_ = B{x: 1, x: 2}
}
