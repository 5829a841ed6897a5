package main

func main() {
	var i int
	var f float64
	var s string
	_ = 1 << -1
	_ = i << -1
	_ = i << 1.5
	_ = i << s
	_ = f << 1
	_ = 1.5 << 1
	_ = "a" << 1
	var g float64 = 1 << i
	_ = 1.0 << i
	_ = 1 << 2000
	_ = g
}
