package main

func main() {
	x := missing
	missing()
	var y Missing
	_ = x
	_ = y.field
	missing.field = 3
}
