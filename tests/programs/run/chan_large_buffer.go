package main

import "fmt"

func main() {
	const n = 100_000
	ch := make(chan int, n)
	for i := range n {
		ch <- i
	}
	close(ch)
	sum := 0
	for v := range ch {
		sum += v
	}
	fmt.Println(sum)
}
