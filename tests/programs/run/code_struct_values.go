package main

import "fmt"

type inner struct {
	a, b int
	s    string
}

type outer struct {
	inner
	list [3]inner
	ptr  *inner
	m    map[string]inner
}

func change(o outer) outer {
	o.a = 100
	o.list[1].s = "changed"
	o.ptr.b = 7
	return o
}

func pair() (inner, error) { return inner{1, 2, "pair"}, nil }

func main() {
	o := outer{inner: inner{1, 2, "x"}, ptr: &inner{}}
	o.list[0] = inner{5, 6, "zero"}
	p := change(o)
	fmt.Println(o.a, o.list[1].s == "", o.ptr.b, p.a, p.list[1].s, p.list[0])
	o.m = map[string]inner{"k": {9, 8, "map"}}
	fmt.Println(o.m["k"].s, o.m["none"].a, len(o.m["k"].s))
	q := &o
	q.list[2], q.inner = q.inner, q.list[0]
	fmt.Println(q.list[2], q.inner)
	a, b := o.inner, p.inner
	a, b = b, a
	fmt.Println(a, b, a == b, a == p.inner)
	arr := [2]outer{}
	arr[1].list[2].a = 3
	brr := arr
	brr[1].list[2].a = 4
	fmt.Println(arr[1].list[2].a, brr[1].list[2].a)
	v, err := pair()
	fmt.Println(v, err)
	fmt.Println(func() inner { v.a++; return v }().a, v.a)
	sl := []inner{{1, 1, "1"}, {2, 2, "2"}}
	sl[0].a, sl[1].a = sl[1].a, sl[0].a
	sl[1] = sl[0]
	sl[0].s += "!"
	for i, e := range sl {
		e.a = 50
		sl[i].b += e.a
	}
	fmt.Println(sl)
	type empty struct{}
	e1, e2 := empty{}, empty{}
	fmt.Println(e1 == e2, [0]int{} == [0]int{}, struct{}{} == struct{}{})
	anon := struct {
		X, Y int
		T    []string
	}{1, 2, []string{"t"}}
	anon.T = append(anon.T, "u")
	fmt.Printf("%v %+v %T\n", anon, anon, anon)
}
