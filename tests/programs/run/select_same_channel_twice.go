package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	a, b := 0, 0
	for i := range 100 {
		ch <- i
		select {
		case <-ch:
			a++
		case <-ch:
			b++
		}
	}
	fmt.Println(a+b, a > 0, b > 0)
}
