package main

import "fmt"

func main() {
	x := 0.1
	fmt.Println(x+0.2, x*3 == 0.3, 1e20, 1e21, 123456789.0, 1e-5, 0.00001234, 100000000000000000000000.0)
	var f float32 = 0.1
	fmt.Println(f, f*3, float64(f), f == 0.1)
	fmt.Println(5/2, 5.0/2, float64(5)/2, 7/2*1.5)
	var sum float64
	for range 10 {
		sum += 0.1
	}
	fmt.Println(sum, sum == 1, 1.0, 3.0*2)
	println := fmt.Println
	println(2.5e10, -0.0, 1/3.0, float32(1)/3)
	var i = 3
	println(float64(i)*1.5, int(2.9*float64(i)))
	println(min(1.5, 2), max(x, 3))
}
