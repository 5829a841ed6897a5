package main

func main() {
	_ = b
	b := 1
	f()
	var f = func() {}
	type T struct{ u U }
	type U int
	var x = y
	var y = 1
}
