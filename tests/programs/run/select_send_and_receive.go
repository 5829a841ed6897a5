// Selects meet each other in both directions.
package main

import "fmt"

func main() {
	a, b := make(chan int), make(chan int)
	done := make(chan bool)
	go func() {
		for i := 0; i < 6; i++ {
			select {
			case a <- i:
			case v := <-b:
				_ = v
			}
		}
		done <- true
	}()
	for i := 0; i < 6; i++ {
		select {
		case v := <-a:
			_ = v
		case b <- i:
		}
	}
	<-done
	fmt.Println("met six times")
}
