package main

import (
	"fmt"
	"math"
)

type small int8

func f32(x float32) float32 { return x * 1.1 }

func main() {
	var a int8 = 127
	a++
	var b uint8 = 3
	b -= 5
	var c int16 = math.MinInt16
	c = -c
	var d uint32 = 1 << 31
	d <<= 1
	var e int32 = math.MaxInt32
	e += e
	var f uint64 = math.MaxUint64
	f++
	var g int64 = math.MinInt64
	fmt.Println(a, b, c, d, e, f, g/-1, g%-1, -g)
	s := small(100)
	s *= 2
	fmt.Println(s, s/3, s%7, -7/2, -7%2, 7/-2, 7%-2)
	n := 70
	fmt.Println(1<<n == 0, uint8(1)<<7>>n, -1>>n, int8(-128)>>1, uint8(200)>>3, ^0, ^uint8(5), 6&^3, 5^3)
	u := uint(3)
	fmt.Println(1<<u, int64(1)<<(u*10), uint16(0xffff)<<u, -5>>u)
	x := 300
	fmt.Println(int8(x), uint8(x), uint16(-x), int32(int64(x)<<40+5), uint64(int8(x-301)), int64(uint32(x)<<31))
	fl := 3.99
	fmt.Println(int(fl), int(-fl), uint8(fl), float32(0.1), float64(float32(0.1)), f32(3))
	fmt.Println(math.Inf(1), -math.Inf(1), math.NaN(), 1/math.Inf(-1))
	nan := math.NaN()
	fmt.Println(nan == nan, nan < 1, nan > 1, nan != nan, !(nan < 1), nan <= nan)
	if nan < 1 || nan >= 1 {
		fmt.Println("bad")
	}
	var big float64 = 1 << 62
	fmt.Println(int64(big), uint64(big*2), float64(uint64(math.MaxUint64)), float32(16777217))
	z := complex(1, 2)
	w := 3 - 4i
	fmt.Println(z*w, z/w, z+w, z-w, -z, real(z), imag(w), z == w, z != complex(1, 2))
	var z64 complex64 = complex64(z) * 2
	fmt.Printf("%v %T %T\n", z64, z64, real(z64))
	z *= 2i
	fmt.Println(z)
	const huge = 1 << 100
	fmt.Println(huge>>98, float64(huge), uint8(huge>>93&0xff))
	const h = 'a' + 1.0
	var r rune = h
	fmt.Printf("%c %T %v\n", r, h, 07_7+0b11+0x_F+1_000)
	fmt.Println(min(3, 1, 2), max(2.5, 1), min("b", "a"), max(-0.0, 0), min(x, 5), max(nan, 1))
	i, j := 10, 3
	i, j = j, i%j
	i |= 8
	i &^= 1
	i ^= 0xf
	i <<= 2
	i %= 7
	fmt.Println(i, j, i&j|4)
	var up uintptr = 10
	up *= up
	fmt.Println(up, uint32(math.Float32bits(1.5)), math.Float64bits(2), math.MaxInt, uint(math.MaxUint))
	var i8 int8 = -128
	fmt.Println(i8/-1, -i8, i8-1, i8*i8)
	h1, h2 := uint32(2166136261), uint32(16777619)
	for _, ch := range []byte("hash") {
		h1 ^= uint32(ch)
		h1 *= h2
	}
	fmt.Println(h1)
	k := uint64(1)<<63 | 5
	fmt.Println(k > 1, k/3, k%10, float64(k), k>>60, int64(k) < 0)
}
