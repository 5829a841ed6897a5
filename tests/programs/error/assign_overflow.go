package main

func main() {
	var b byte = 256
	b = -1
	var i8 int8 = 128
	var u uint = -1
	var i64 int64 = 1 << 63
	var f32 float32 = 1e39
	b = '世'
	var r rune = 1 << 40
	_, _, _, _, _, _ = b, i8, u, i64, f32, r
}
