package main

func h(f func(int)) {}

func main() {
	var f func(int) string
	f = func(x int) int { return x }
	f = func(x string) string { return x }
	f = func(x int) string { return "a" }
	f = main
	f(1, 2)
	var g func(...int) = func(x []int) {}
	g = func(x ...int) {}
	g("a")
	h(func() {})
	h(func(int) {})
}
