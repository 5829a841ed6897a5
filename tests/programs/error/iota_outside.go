package main

func main() {
	x := iota
	const (
		a = iota
		b
		c string = iota
	)
	_ = x
}
