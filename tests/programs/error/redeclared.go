package main

var x int

var x string

func f() {}

func f(int) {}

type T int

func T() {}

type S struct {
	a int
	a string
}

type I interface {
	m()
	m()
}

func g(a int, a string) {}

func init() {}

func init() {}

func main() {

}
