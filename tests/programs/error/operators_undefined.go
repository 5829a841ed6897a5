package main

func main() {
	_ = "a" - "b"
	_ = true + false
	_ = !1
	_ = -"a"
	_ = ^1.5
	_ = +true
	_ = 1.5 % 2
	_ = 1.0 & 2.5
	var p *int
	_ = p + 1
	_ = &p & nil
	var s []int
	_ = s + s
}
