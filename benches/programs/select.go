package main

import "fmt"

func main() {
	a, b, done := make(chan int), make(chan int), make(chan bool)
	go func() {
		for i := 0; i < 200000; i++ {
			select {
			case a <- i:
			case b <- -i:
			}
		}
		close(done)
	}()
	sum, n := 0, 0
	for {
		select {
		case v := <-a:
			sum += v
			n++
		case v := <-b:
			sum -= v
			n++
		case <-done:
			fmt.Println(n, sum)
			return
		}
	}
}
