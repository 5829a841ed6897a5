package main

func main() {
	var a [3]int
	var s []int
	var m map[string]int
	var p *[3]int
	a[3] = 1
	a[-1] = 1
	a["x"] = 1
	a[1.5] = 1
	a[2.0] = 1
	s[-1] = 1
	s["a"] = 1
	m[1] = 2
	m["a"] = "b"
	p[5] = 1
	_ = "abc"[3]
	_ = 5[0]
	_ = main[0]
	var q *[]int
	q[0] = 1
}
