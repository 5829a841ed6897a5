package main

import (
	"errors"
	"fmt"
)

type point struct {
	X, Y int
	name string
}

type level int

func (l level) String() string { return [...]string{"low", "high"}[l] }

type celsius float64

func main() {
	p := point{1, -2, "p"}
	fmt.Printf("%v|%+v|%#v|%T\n", p, p, p, p)
	fmt.Printf("%v|%+v|%T\n", &p, &p, &p)
	fmt.Printf("%d|%5d|%-5d|%05d|%+d|%x|%X|%o|%b|%c|%q|%U\n", 42, 42, 42, 42, 42, 255, 255, 8, 5, 'A', 'A', 'A')
	fmt.Printf("%f|%.2f|%8.3f|%e|%g|%G|%v\n", 3.14159, 3.14159, 3.14159, 123456.789, 1e21, 1e-7, 2.0)
	fmt.Printf("%s|%q|%10s|%-10s|%.2s|%x|% x\n", "héllo", "a\"b\n", "hi", "hi", "héllo", "hi", "hi")
	fmt.Printf("%t|%v|%5t\n", true, false, true)
	fmt.Printf("%v %v %v %v\n", []int{1, 2}, map[string]int{"b": 2, "a": 1}, [2]bool{true}, struct{}{})
	fmt.Printf("%#v %#v %#v %#v\n", []string{"a"}, map[int]bool{1: true}, "x", 1.0)
	fmt.Printf("%v %d %s %x\n", level(1), level(1), level(0), level(1))
	fmt.Printf("%v %.1f\n", celsius(36.6), celsius(36.66))
	fmt.Printf("%v %v %+v\n", errors.New("bad"), []error{errors.New("e")}, nil)
	fmt.Printf("%d %s\n", "str", 5)
	fmt.Printf("%d\n", 1, 2)
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("%!|%z\n", 3)
	fmt.Printf("%*d|%-*d|%.*f\n", 6, 1, 6, 2, 1, 3.33)
	fmt.Printf("%[2]d %[1]d %[2]*[1]d\n", 7, 3)
	fmt.Printf("%v %v\n", []byte("ab"), [3]byte{1, 2, 3})
	fmt.Printf("%s %x %q\n", []byte("ab"), []byte("ab"), []string{"a b", "c"})
	fmt.Printf("%6.2f%%\n", 99.5)
	fmt.Printf("%t %p\n", "x", nil)
	fmt.Printf("%08.3f|%+.1e|% d|%x\n", -3.14159, 12345.678, 5, -255)
	fmt.Printf("%v %v\n", complex(1, -2), 'x')
	var ip *int
	var e error
	var m map[string]int
	var s []int
	fmt.Printf("%v %v %v %v %d\n", ip, e, m, s, s)
}
