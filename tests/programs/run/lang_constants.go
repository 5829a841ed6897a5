package main

import (
	"fmt"
	"math"
)

type weekday int

const (
	sunday weekday = iota
	monday
	tuesday
	_
	thursday
)

const (
	_  = iota
	kb = 1 << (10 * iota)
	mb
	gb
)

const (
	a, b = iota, iota * 10
	c, d
)

const huge = 1 << 200
const third = 1.0 / 3
const typed int64 = 5
const text = "con" + "stant"

func main() {
	fmt.Println(sunday, monday, tuesday, thursday, kb, mb, gb, a, b, c, d)
	fmt.Println(huge>>198, huge/(huge-1), third*3 == 1, typed, text, len(text), math.MaxUint32)
	var f float32 = 1 / 3.0
	var x uint8 = 'a' + 1
	fmt.Println(f, x, 5/2*2.0, 5.0/2*2, 'a'*1.0, 1e3, 0x1p-2, 0b101, 0o17, 017, 1_000_000)
	const big = 1<<62 + 1
	fmt.Println(big, -big, uint64(1<<64-1), math.Pi)
	fmt.Printf("%T %T %T %T %T\n", 1, 1.0, 'a', 1i, "s")
	const ok = third < 0.34 && len("abc") == 3
	fmt.Println(ok, min(3, 1, 2), max(2.5, 1))
}
