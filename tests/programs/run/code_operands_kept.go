package main

import "fmt"

type pt struct{ x, y int }

type pair struct {
	a [2]pt
	m map[string]int
}

func two(s []int) (int, []int) { return len(s), append(s, len(s)) }

func main() {
	m := map[int]string{}
	i := 1
	i, m[i] = 2, "one"
	fmt.Println(i, m)
	k := "k"
	mm := map[string]int{}
	k, mm[k], mm["z"] = "changed", 5, len(k)
	fmt.Println(k, mm)
	m, m[7] = nil, "kept"
	fmt.Println(m == nil)

	var s []int
	s = append(s, len(s))
	s = append(s, len(s), cap(s))
	s = append(s, s[0], s[1])
	s = append(s[:1], s...)
	fmt.Println(len(s), s[0], s[1], s[2])
	n, s := two(s)
	fmt.Println(n, len(s))

	var pts [3]pt
	for j := range pts {
		pts[j].y = j * 7
		pts[j].x++
		pts[j].x += pts[(j+2)%3].y
	}
	j := 1
	j, pts[j], pts[j].x = 2, pt{50, 60}, 9
	q := pts[j]
	pts[j] = pt{q.y, q.x}
	fmt.Println(pts, j, q)

	ps := []pair{{}, {m: map[string]int{"a": 1}}}
	h := 1
	h, ps[h].a[h], ps[h].m["b"] = 0, pt{3, 4}, 8
	ps[h], ps[1] = ps[1], ps[h]
	ps[h].a[1].x *= 10
	ps[h].m["a"]++
	fmt.Println(ps[0].a, ps[0].m, ps[1].m == nil)

	x, y := pt{1, 2}, pt{3, 4}
	x, y.x, y.y = y, x.x, x.y
	fmt.Println(x, y)
	x.x, x.y = x.y, x.x
	x = pt{x.y + 1, x.x + 1}
	fmt.Println(x)

	a, b := "a", "b"
	a, b = b+a, a+b
	b, a = a, b
	fmt.Println(a, b)
	ok := true
	ok = !ok || ok && len(a) > 5
	v := 3
	v = v*v - -v
	fmt.Println(ok, v)

	f := [4]float64{1, 2, 3, 4}
	l, r := 0, 3
	for l < r {
		f[l], f[r] = f[r], f[l]
		l, r = l+1, r-1
	}
	fmt.Println(f, l, r)

	z := complex(1, 2)
	z = z*z + complex(imag(z), real(z))
	fmt.Println(z)

	type node struct {
		next *node
		v    int
	}
	var head *node
	for i := range 4 {
		head = &node{head, i}
	}
	var rev *node
	for head != nil {
		head.next, rev, head = rev, head, head.next
	}
	for ; rev != nil; rev = rev.next {
		fmt.Print(rev.v, " ")
	}
	fmt.Println()

	var e any = 5
	e, err := e.(int), error(nil)
	fmt.Println(e, err)
	c := make(chan int, 3)
	c <- 1
	c <- 2
	idx := []int{5, 6, 7}
	i = 0
	i, idx[i] = <-c, <-c
	fmt.Println(i, idx)
	idx[0], idx[1], idx = idx[1], idx[0], nil
	fmt.Println(idx == nil)
}
