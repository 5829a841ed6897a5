//lockstep:title Several ready cases
//lockstep:topic Select
//lockstep:about Both boxes are full, so both cases are ready. Select chooses one of them, and you are asked which.
//lockstep:expect completed

package main

import "fmt"

func main() {
	red, blue := make(chan int, 3), make(chan int, 3)
	for i := 1; i <= 3; i++ {
		red <- i
		blue <- i
	}
	for range 6 {
		select {
		case n := <-red:
			fmt.Print("red", n, " ")
		case n := <-blue:
			fmt.Print("blue", n, " ")
		}
	}
	fmt.Println()
}
