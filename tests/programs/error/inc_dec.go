package main

func f() int { return 1 }

func main() {
	s := "a"
	s++
	1++
	f()++
	var p *int
	p--
	*p--
	m := map[string]int{}
	m["a"]++
	var b bool
	b++
}
