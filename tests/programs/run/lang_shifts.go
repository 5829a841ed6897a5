package main

import "fmt"

func main() {
	n := 70
	var u8 uint8 = 0xf0
	var i8 int8 = -16
	fmt.Println(1<<3, -8>>1, -1>>n, 1<<n == 0, u8>>4, u8<<1, i8>>2, i8<<4)
	var s uint = 33
	fmt.Println(int32(1)<<s, uint32(1)<<31>>s, int64(1)<<s, uint64(1<<63)>>s)
	const big = 1 << 100
	fmt.Println(big>>98, uint64(big>>40))
	defer func() { fmt.Println(recover()) }()
	m := -1
	fmt.Println(1 << m)
}
