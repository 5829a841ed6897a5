package main

import "fmt"

type pt struct{ x, y float64 }
type rec struct {
	name string
	p    pt
	tags [2]string
	any  interface{}
	c    complex128
	ptr  *int
	ch   chan int
	b    bool
}

type inner struct{ a int8 }
type emb struct {
	inner
	_ int
	f float32
}

func main() {
	n := 1
	ch := make(chan int)
	a := rec{"n", pt{1, 2}, [2]string{"a", "b"}, 5, 1 + 2i, &n, ch, true}
	b := a
	fmt.Println(a == b, a != b)
	b.tags[1] = "c"
	fmt.Println(a == b)
	b = a
	b.any = int64(5)
	fmt.Println(a == b, a.any == b.any)
	b = a
	b.p.x = 0
	a.p.x *= -1
	a.p.x += 1
	fmt.Println(a.p == b.p, pt{0, 2} == a.p)
	nan := pt{x: a.p.x / a.p.x}
	fmt.Println(nan == nan)
	fmt.Println(emb{inner{1}, 2, 3} == emb{inner{1}, 5, 3})
	arr1, arr2 := [3]any{1, "x", nil}, [3]any{1, "x", nil}
	fmt.Println(arr1 == arr2)
	arr2[2] = pt{}
	fmt.Println(arr1 == arr2)
	var e1, e2 error
	fmt.Println(e1 == e2, e1 == nil)
	var i1 fmt.Stringer
	var i2 any = i1
	fmt.Println(i1 == nil, i2 == nil)
	var p *pt
	i2 = p
	fmt.Println(i2 == nil, i2 == any(p), i2 == any((*pt)(nil)), i2 == any((*int)(nil)))
	f := func() (r any) {
		defer func() { r = recover() }()
		x := [1]any{[]int{1}}
		return x == x
	}
	fmt.Println(f())
	g := func() (r any) {
		defer func() { r = recover() }()
		x, y := rec{any: func() {}}, rec{any: func() {}}
		x.name = "differs first"
		return x == y
	}
	fmt.Println(g())
	m := map[rec]int{a: 1}
	a2 := a
	m[a2]++
	fmt.Println(len(m), m[a])
	s1, s2 := "abc", "ab"
	s2 += "c"
	fmt.Println(s1 == s2, s1 >= s2, s1[:2] < s2, any(s1) == any(s2), s1 == "abd")
	ch2 := ch
	var ro <-chan int = ch
	fmt.Println(ch == ch2, ro == ch, ch == make(chan int))
	type my int
	var mi any = my(1)
	fmt.Println(mi == any(1), mi == my(1), mi.(my) == 1)
	st1 := struct{ a int }{1}
	type named struct{ a int }
	fmt.Println(st1 == named{1}, named(st1) == named{1}, any(st1) == any(named{1}))
	z := [0]int{}
	fmt.Println(z == [0]int{}, struct{}{} == struct{}{}, [2]struct{}{} == [2]struct{}{})
	c64 := complex64(1 + 1i)
	fmt.Println(c64 == 1+1i, complex128(c64) != 2, true == (1 < 2), false != true)
	var u8 uint8 = 200
	var i8 int8 = -56
	fmt.Println(u8 == uint8(i8), int(u8) == int(i8), u8 > 100, i8 < -55)
	switch (pt{1, 2}) {
	case pt{2, 1}:
		fmt.Println("no")
	case pt{1, 2}:
		fmt.Println("struct case")
	}
	switch any(pt{1, 2}) {
	case 1, "a", pt{1, 2}:
		fmt.Println("interface case")
	}
	fmt.Println(&n == a.ptr, a.ptr != nil, *a.ptr == n)
}
