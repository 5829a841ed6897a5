package main

import (
	"fmt"
)

var y int

func f() {}

func main() {
	var a x
	var b f
	var c fmt.Println
	var e []y
	x := 1
	var g x
	_ = g
}
