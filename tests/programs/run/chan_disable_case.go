package main

import "fmt"

func main() {
	a, b := make(chan int), make(chan int)
	feed := func(c chan<- int, from, n int) {
		for i := range n {
			c <- from + i
		}
		close(c)
	}
	go feed(a, 0, 4)
	go feed(b, 100, 3)
	count, sum := 0, 0
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			count++
			sum += v
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			count++
			sum += v
		}
	}
	fmt.Println(count, sum)
}
