package main

import "fmt"

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
	_, _
	e, f
)

const (
	x = "s"
	y
	z = iota
	w = 'a' + iota
	v float32 = iota / 2.0
)

const big = 1 << 62
const (
	mask  = ^uint32(0)
	neg   = -5 % 3
	third = 1.0 / 3
	huge  = 1e400 / 1e390
	str   = "con" + "stant"
	ln    = len(str)
	tr    = 1 < 2 && str != ""
	cplx  = (1 + 2i) * (3 - 1i)
	r     = 'x' - 'a'
	u8    = uint8(255)
	shift = 1.0 << 3
	mixed = 5 / 2 * 2.0
	fl    = 5.0 / 2 * 2
)

type bits uint8

const (
	flagA bits = 1 << iota
	flagB
	flagC
	all = flagA | flagB | flagC
)

func (b bits) has(f bits) bool { return b&f != 0 }
func (d weekday) String() string {
	switch d {
	case sunday:
		return "Sun"
	case monday, tuesday:
		return "MonTue"
	}
	return fmt.Sprintf("day(%d)", int(d))
}

func main() {
	fmt.Println(sunday, monday, tuesday, thursday, weekday(9))
	fmt.Println(kb, mb, gb, a, b, c, d, e, f)
	fmt.Println(x, y, z, w, v, string(rune(w)))
	fmt.Println(mask, neg, third, huge, str, ln, tr, cplx, r, u8, shift, mixed, fl)
	fmt.Printf("%T %T %T %T %T %T\n", third, cplx, r, w, shift, flagB)
	fmt.Println(all, all&^flagB, all.has(flagC), flagA.has(flagB), bits(7) == all)
	var i8 int8 = -1 << 7
	var f32 float32 = 1 << 24
	var u uint = 1<<64 - 1
	var by byte = 'A' + 1
	fmt.Println(i8, f32, u, by, big>>60, big*2-1+big*2 > 0)
	const local = iota + 5
	const typed int16 = local * 100
	fmt.Println(local, typed, typed/3)
	arr := [ln]int{ln - 1: 1}
	fmt.Println(arr, len([...]int{1, 2, 3}), len("é"), cap([2]int{}))
	var ff float64 = 7
	fmt.Println(ff/2, 7/2, 7/2.0, 1/3*3.0, 'a'*2, "a"+"b", 0x1p-2, 0b101, 0o17, 1_000.5)
	s := uint(3)
	var n int64 = 1 << s
	var fl2 = float64(uint8(1) << s)
	fmt.Println(n, fl2, 1<<s == 8, uint8(1<<s), int32(1)<<s<<29)
	switch d := weekday(1); {
	case d > sunday && d < thursday:
		fmt.Println("mid", d)
	}
	const max = int(^uint(0) >> 1)
	fmt.Println(max, -max-1, ^0, 3&^1, 6|1, 5^1)
	fmt.Println(complex(1, 2) == 1+2i, real(cplx), imag(cplx), -cplx)
}
