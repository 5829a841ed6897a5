// Receives in one expression happen from left to right.
package main

import "fmt"

func main() {
	ch := make(chan int, 4)
	for _, n := range []int{1, 20, 300, 4000} {
		ch <- n
	}
	fmt.Println(<-ch - <-ch)
	fmt.Println(<-ch < 1000 && <-ch > 1000)
	ch <- 3
	xs := []int{10, 20, 30, 40}
	fmt.Println(xs[<-ch])
}
