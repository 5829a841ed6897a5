package main

type point struct{ x int }

func f() int { return 1 }

func p() point { return point{} }

func main() {
	f() = 1
	1 = 2
	"a"[0] = 'b'
	m := map[string]point{}
	m["a"].x = 1
	p().x = 2
	s := "abc"
	s[0] = 'x'
	[3]int{}[0] = 1
}
