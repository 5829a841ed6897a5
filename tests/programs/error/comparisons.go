package main

func main() {
	var i int
	var s string
	var e error
	var f func()
	var m map[string]int
	var l []int
	_ = i == s
	_ = i == nil
	_ = f == f
	_ = m == m
	_ = l == l
	_ = l == nil
	_ = e == i
	_ = i < s
	_ = e < e
	_ = true < false
	_ = nil == nil
	_ = struct{ f func() }{} == struct{ f func() }{}
}
