// Range ends when the channel is closed and empty.
package main

import "fmt"

func main() {
	ch := make(chan int)
	go func() {
		for i := range 4 {
			ch <- i * i
		}
		close(ch)
	}()
	for v := range ch {
		fmt.Print(v, " ")
	}
	fmt.Println("end")
}
