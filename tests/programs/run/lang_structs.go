package main

import "fmt"

type point struct{ x, y int }

type shape struct {
	point
	name string
	tags [2]string
}

func (p point) add(q point) point { return point{p.x + q.x, p.y + q.y} }
func (p *point) scale(n int)      { p.x *= n; p.y *= n }

type node struct {
	value       int
	left, right *node
}

func (n *node) insert(v int) *node {
	if n == nil {
		return &node{value: v}
	}
	if v < n.value {
		n.left = n.left.insert(v)
	} else {
		n.right = n.right.insert(v)
	}
	return n
}

func (n *node) walk(f func(int)) {
	if n != nil {
		n.left.walk(f)
		f(n.value)
		n.right.walk(f)
	}
}

func main() {
	s := shape{point{1, 2}, "s", [2]string{"a", "b"}}
	t := s
	t.x = 10
	t.tags[0] = "z"
	s.scale(3)
	fmt.Println(s, t, s == t, s.point == point{3, 6}, s.add(t.point))
	fmt.Printf("%+v\n", t)
	p := &s
	p.name = "changed"
	(*p).y = 0
	q := &s.y
	*q = 42
	fmt.Println(s, p.point.y)
	anon := struct {
		a int
		b string
	}{1, "x"}
	fmt.Println(anon, anon == struct {
		a int
		b string
	}{1, "x"})
	var root *node
	for _, v := range []int{5, 2, 8, 1, 9} {
		root = root.insert(v)
	}
	root.walk(func(v int) { fmt.Print(v, " ") })
	fmt.Println()
	list := []point{{1, 2}, {3, 4}}
	for _, e := range list {
		e.scale(10)
	}
	for i := range list {
		list[i].scale(2)
	}
	ptrs := []*point{{5, 6}}
	ptrs[0].x++
	m := map[string]point{"a": {1, 1}}
	m["a"] = m["a"].add(point{1, 0})
	fmt.Println(list, *ptrs[0], m)
	f := s.add
	g := (*point).scale
	g(&s.point, 2)
	s.x = 1000
	h := s.scale
	h(2)
	fmt.Println(f(point{1, 1}), s.point, point.add(point{1, 1}, point{2, 2}))
	arr := [3]point{1: {7, 7}}
	brr := arr
	brr[1].x = 0
	fmt.Println(arr, brr, arr != brr, len(arr))
}
