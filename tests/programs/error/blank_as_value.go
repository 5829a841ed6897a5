package main

func main() {
	x := _
	_ = x
	_ = _ + 1
	_()
	var _ = _
}
