package main

import "fmt"

func main() {
	m := map[int]int{}
	for i := 0; i < 200000; i++ {
		m[i*7] = i
	}
	sum := 0
	for i := 0; i < 200000; i++ {
		sum += m[i*7]
	}
	fmt.Println(len(m), sum)
}
