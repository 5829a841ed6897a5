package main

import "fmt"

type len struct{ n int }

func (l len) cap() int { return l.n }

var x = "package"

func string(n int) int { return n * 2 }

func main() {
	fmt.Println(x, string(4), len{3}.cap())
	x := 1
	{
		x, y := 2, x
		fmt.Println(x, y)
		x++
	}
	for x := range 2 {
		fmt.Print(x, " ")
	}
	func(x float64) { fmt.Println(x) }(1.5)
	nil := 5
	true := false
	fmt.Println(x, nil, true)
	if x, err := fmt.Sprint(x), error(nil2()); err == nil2() {
		fmt.Println(x)
	}
}

func nil2() error { return nil }
