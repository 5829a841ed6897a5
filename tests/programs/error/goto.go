package main

func main() {
	goto L
	x := 1
	_ = x
L:
	goto M
	if true {
	M:
		x++
	}
	goto missing
L:
	x--
}
