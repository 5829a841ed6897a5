package main

import "fmt"

func main() {
	a := complex(1, 2)
	b := 3 - 4i
	fmt.Println(a+b, a-b, a*b, a/b, -a, a == b, a != b, real(a), imag(b))
	var c complex64 = 1 + 1i
	c *= c
	fmt.Println(c, real(c))
	fmt.Printf("%v %.2f %T %T\n", a, b, a, c)
	const k = 2i * 2i
	fmt.Println(k, real(k))
}
