// Break leaves the select; with a label it leaves the loop.
package main

import "fmt"

func main() {
	ch := make(chan int, 10)
	for i := range 10 {
		ch <- i
	}
loop:
	for {
		select {
		case v := <-ch:
			if v%2 == 0 {
				break
			}
			fmt.Println("odd", v)
			if v == 5 {
				break loop
			}
		}
	}
	fmt.Println(len(ch))
}
