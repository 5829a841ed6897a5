// Each case has a scope of its own.
package main

import "fmt"

func main() {
	x := "outer"
	ch := make(chan string, 1)
	ch <- "inner"
	select {
	case x := <-ch:
		x += "!"
		fmt.Println(x)
	}
	fmt.Println(x)
	ch <- "assigned"
	select {
	case x = <-ch:
		y := x + "?"
		fmt.Println(y)
	}
	fmt.Println(x)
}
