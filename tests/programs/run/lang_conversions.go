package main

import "fmt"

type celsius float64
type id string

func main() {
	f := 3.99
	neg := -3.99
	fmt.Println(int(f), int(neg), int8(int(f)+300), uint8(254+int(f)))
	i := 1<<40 + 5
	fmt.Println(int32(i), uint16(i), int64(int32(i)), float32(i))
	n := -1
	fmt.Println(uint(n), uint8(n), uint32(n), int64(uint32(n)))
	fmt.Println(string(rune(0x4e16)), []byte("hé"), string([]byte{104, 105}), []rune("hé"), string([]rune{104, 233}))
	fmt.Println(celsius(36.6)+0.4, float64(celsius(1)), id("x")+"y", string(id("z")))
	fmt.Println(float32(0.1), float64(float32(0.1)), float32(16777217))
	var r rune = 'é'
	var b byte = 'a'
	fmt.Println(r, b, string(r)+string(rune(b)))
	s := [4]int(([]int{1, 2, 3, 4}))
	p := (*[2]int)([]int{9, 8})
	p[0] = 7
	fmt.Println(s, *p)
}
