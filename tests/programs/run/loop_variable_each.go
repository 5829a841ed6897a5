// Each iteration has its own variable.
package main

import "fmt"

func main() {
	ch := make(chan int, 3)
	for i := 0; i < 3; i++ {
		go func() { ch <- i }()
	}
	sum := 0
	for range 3 {
		n := <-ch
		sum += n * n
	}
	fmt.Println(sum)
}
