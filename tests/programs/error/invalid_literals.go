package main

import (
	"fmt"
)

func main() {
	_ = int{}
	_ = string{"a"}
	_ = fmt.Stringer{}
	_ = missing{1, unknown}
}
