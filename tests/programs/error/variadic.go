package main

import (
	"fmt"
)

func f(xs ...int) {}

func g(xs []int) {}

func main() {
	f(1, 2, "a")
	f([]int{1}...)
	f(1, []int{2}...)
	f([]string{}...)
	f([2]int{}...)
	fmt.Println([]int{1}...)
	fmt.Println([]any{1}...)
	g(1, 2)
	var h func(...int) = f
	h(1)
}
