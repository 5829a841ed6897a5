package main

const (
	a uint8 = 1 << (iota * 3)
	b
	c
	d
)

const (
	e, f = iota, iota
	g
	h, i, j
)

func main() {

}
