package main

import "fmt"

func main() {
	closed := make(chan int)
	close(closed)
	never := make(chan int)
	n := 0
	for range 10 {
		select {
		case v, ok := <-closed:
			if v == 0 && !ok {
				n++
			}
		case <-never:
			fmt.Println("never")
		}
	}
	fmt.Println(n)
}
