package main

import (
	"fmt"
)

func main() {
	_ = fmt
	fmt = nil
	var x fmt
	fmt()
}
