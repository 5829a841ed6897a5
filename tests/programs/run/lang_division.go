package main

import "fmt"

func main() {
	for _, p := range [][2]int{{7, 2}, {-7, 2}, {7, -2}, {-7, -2}} {
		fmt.Println(p[0]/p[1], p[0]%p[1])
	}
	var u uint = 7
	fmt.Println(u/2, u%4, 7.0/2, 7/2, 7/2.0)
	zero := 0.0
	fmt.Println(1/zero, -1/zero, zero/zero == zero/zero)
}
