package main

func main() {
	s := "abc"
	s[0] = 'x'
	var b byte = s
	var c byte = s[0]
	var r rune = s[0]
	for _, r := range s {
		var b byte = r
	}
	_ = s + b
	_ = s == 'a'
	_, _ = c, r
}
