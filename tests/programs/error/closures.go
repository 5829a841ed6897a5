package main

func main() {
	x := 1
	f := func() { x = "a" }
	g := func() (int, error) { return x }
	h := func(a, b int) int { return a + b }(1)
	f(1)
	_ = g() + 1
	var r = func() int { return r() }
	_ = h
	func() { missing() }()
}
