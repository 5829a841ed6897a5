package main

import "fmt"

func main() {
	work, stop := make(chan int, 3), make(chan bool, 1)
	for i := range 3 {
		work <- i
	}
	stop <- true
	n := 0
	for {
		select {
		case <-work:
			n++
			if n == 3 {
				work = nil
			}
		case <-stop:
			fmt.Println("worked", n)
			return
		}
	}
}
