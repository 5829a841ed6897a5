package main

func main() {
	var s string
	s = 1
	s = 1.5
	s = 'a'
	s = true
	s = nil
	var i int
	i = "a"
	i = s
	i = 1.0
	i = 1.5
	var f float64 = i
	var b bool = 1
	_, _ = f, b
}
