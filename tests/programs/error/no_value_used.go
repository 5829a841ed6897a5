package main

func f() {}

func main() {
	x := f()
	println(f())
	return f()
	var y int = f()
	_ = f() + 1
	_ = []int{f()}
}
