package main

func main() {
	var i int
	var f float64
	var s string
	var u uint8
	_ = i + f
	_ = i + s
	_ = u * i
	_ = s + 'a'
	_ = s + 1
	_ = i && true
	_ = i + nil
	_ = 1 + "a"
	_ = i - 1.5
}
