package main

import (
	"fmt"
)

func main() {
	fmt.Printline("a")
	fmt.println("b")
	fmt.PRINTLN("c")
	var x fmt.Nothing
	_ = x
}
