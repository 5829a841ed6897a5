package main

type A = B

type B = C

type C = A

type D = []D

type E = struct{ e *E }

func main() {
	var a A = 3
	_ = a
}
