package main

func main() {
	x := 1
	x := 2
	x, y := 3, 4
	x, y := 5, 6
	a, a := 1, 2
	_ = y
	_ = a
}
