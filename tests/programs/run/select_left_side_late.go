package main

import "fmt"

func index(s string) int {
	fmt.Println("index", s)
	return 0
}

func main() {
	ch := make(chan int, 1)
	ch <- 4
	other := make(chan int)
	values := []int{0}
	select {
	case values[index("of other")] = <-other:
	case values[index("of ch")] = <-ch:
	}
	fmt.Println(values)
}
