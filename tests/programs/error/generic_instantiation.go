package main

func F[A, B any](a A, b B) {}

func main() {
	_ = F[int]
	_ = F[int, string, bool]
	_ = F
	var f = F[int, string]
	f("a", 1)
	F[int, string]("a", 1)
	F[int](1, "a")
	F[string](1, "a")
	var g func(int, string) = F
	g(1, "a")
	_ = main[int]
}
