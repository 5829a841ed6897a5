package main

import (
	"math"
)

func main() {
	const c = 1
	c = 2
	c++
	c += 1
	math.Pi = 3
	true = false
}
