package main

import "fmt"

var (
	a = b + 1
	b = f("b", 10)
	c = f("c", a)
	m = map[string]int{"x": c}
)

func f(name string, v int) int {
	fmt.Println("init", name, v)
	return v
}

func init() { fmt.Println("first init", a, b, c) }
func init() { fmt.Println("second init", m); a = 0 }

var late, later = pair()

func pair() (int, string) { return a, "later" }

type op func(int) int

var table = [...]op{double, func(i int) int { return i + base }}

var base = 100

func double(i int) int { return 2 * i }

func main() {
	fmt.Println(a, late, later, table[0](4), table[1](4))
	x := 1
	{
		x := 2
		x++
		_ = x
	}
	if x := 5; x > 0 {
		x = 7
	}
	fmt.Println(x)
	type local struct{ v int }
	fmt.Printf("%v %T\n", local{1}, local{})
}
