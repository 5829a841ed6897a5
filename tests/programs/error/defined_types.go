package main

type Celsius float64

type Fahrenheit float64

type Days int

type Names []string

type Others []string

func main() {
	var c Celsius = 20
	var f Fahrenheit = c
	f = Fahrenheit(c)
	_ = c + f
	_ = c * 1.5
	c = 1.5 * 2
	var i int = c
	var d Days = 1.5
	d = "a"
	_ = d + 2.5
	var l Names = []string{}
	var m Others = l
	l = m
	_, _ = i, f
}
