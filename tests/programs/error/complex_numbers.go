package main

func main() {
	var c complex128 = 1 + 2i
	var f float64 = c
	f = 2i
	c = f
	_ = c < c
	_ = c % 2
	_ = complex(1, 2) + f
	var c64 complex64 = c
	_ = c64
	c = complex64(c)
	_ = real(c) + imag(c64)
	var i int = 3 + 0i
	_ = i
}
