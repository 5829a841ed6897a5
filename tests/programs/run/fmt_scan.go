package main

import "fmt"

func main() {
	var a, b int
	var s string
	n, err := fmt.Sscanf("10-20:abc", "%d-%d:%s", &a, &b, &s)
	fmt.Println(n, err, a, b, s)
	var f float64
	var w string
	n, err = fmt.Sscan("3.5 word 9", &f, &w, &a)
	fmt.Println(n, err, f, w, a)
	n, err = fmt.Sscan("x", &a)
	fmt.Println(n, err)
}
