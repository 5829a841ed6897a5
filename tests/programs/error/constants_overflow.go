package main

func main() {
	const big = 1 << 100
	var i int = big
	println(big)
	_ = big * big * big * big * big * big
	const x uint8 = 255 + 1
	const y = uint8(255) + 1
	const z int8 = -129
	const w = int8(1) << 7
	const q = -uint(1)
	_ = i
}
