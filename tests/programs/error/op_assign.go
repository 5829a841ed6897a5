package main

var m = map[string]int{}

func main() {
	var i int
	var s string
	i += "a"
	s += 1
	i += 1.5
	i <<= 1.5
	i <<= s
	s -= "a"
	i &= 2.0
	var f float64
	f %= 2
	i /= 0
	i++
	s++
	m++
}
