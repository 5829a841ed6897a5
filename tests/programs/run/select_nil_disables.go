// A drained channel set to nil drops out of the loop.
package main

import "fmt"

func main() {
	odd, even := make(chan int, 3), make(chan int, 3)
	for i := 1; i <= 6; i++ {
		if i%2 == 1 {
			odd <- i
		} else {
			even <- i
		}
	}
	close(odd)
	close(even)
	sum, n := 0, 0
	for odd != nil || even != nil {
		select {
		case v, ok := <-odd:
			if !ok {
				odd = nil
				continue
			}
			sum += v
		case v, ok := <-even:
			if !ok {
				even = nil
				continue
			}
			sum += v
		}
		n++
	}
	fmt.Println(sum, n)
}
