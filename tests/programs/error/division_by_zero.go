package main

func main() {
	x := 1
	_ = 1 / 0
	_ = x / 0
	_ = x % 0
	_ = 1.5 / 0
	_ = 1.5 / 0.0
	var f float64
	_ = f / 0
}
