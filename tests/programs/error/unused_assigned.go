package main

func main() {
	x := 1
	x = 2
	y := 0
	y++
	var f func()
	f = func() { f() }
}
