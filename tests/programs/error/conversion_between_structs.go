package main

type A struct{ x int }

type B struct{ x int }

type C struct{ y int }

type D struct {
	x int `tag:"d"`
}

func main() {
	var a A
	_ = B(a)
	_ = C(a)
	_ = D(a)
	var b B = a
	_ = b
}
