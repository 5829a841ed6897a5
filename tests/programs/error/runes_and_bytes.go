package main

func main() {
	var r rune = 'a'
	var b byte = 'b'
	_ = r + b
	_ = r == b
	_ = string(r) + 'c'
	_ = r + 1.5
	var s []byte = "abc"
	var t []rune = []byte("a")
	_, _ = s, t
	_ = 'a' + "b"
}
