package main

import (
	"fmt"
)

type T struct{}

func (T) M() {}

func main() {
	var x interface{ M() } = T{}
	var y interface {
		M()
		N()
	} = x
	x = y
	y = x
	_ = y
	var z interface{ fmt.Stringer }
	z.String(1)
	z.Missing()
}
