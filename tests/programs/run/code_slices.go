package main

import "fmt"

type elem struct {
	id   int
	name string
	next *elem
}

func grow(s []int) []int { return append(s, 99) }

func modify(s []int) { s[0] = -1 }

func variadic(pre string, xs ...int) string { return fmt.Sprint(pre, len(xs), xs == nil, xs) }

func main() {
	a := []int{1, 2, 3, 4, 5}
	b := a[1:3]
	c := a[1:3:3]
	b = append(b, 10)
	c = append(c, 20)
	fmt.Println(a, b, c, len(b), cap(b), cap(a[2:]), cap(a[:0]))
	modify(b)
	fmt.Println(a, grow(a[:2]), a)
	var n []int
	fmt.Println(n == nil, len(n), cap(n), n[:0] == nil, []int{} == nil, a[:0] == nil)
	n = append(n, n...)
	fmt.Println(n == nil, append([]int(nil), 1, 2))
	copy(a[1:], a)
	fmt.Println(a, copy(a, []int{7, 7, 7, 7, 7, 7}))
	s := make([]elem, 2, 10)
	s[0].id = 1
	s = append(s, elem{2, "two", &s[0]})
	s[2].next.name = "via pointer"
	fmt.Println(s[0].name, len(s), s[2].next.id)
	t := s[:1]
	t = append(t, elem{id: 77})
	fmt.Println(s[1].id)
	grid := make([][]string, 2)
	for i := range grid {
		grid[i] = make([]string, 2)
		for j := range grid[i] {
			grid[i][j] = fmt.Sprint(i, j)
		}
	}
	grid[0], grid[1] = grid[1], grid[0]
	fmt.Println(grid)
	fmt.Println(variadic("a"), variadic("b", 1), variadic("c", a[:2]...), variadic("d", nil...), variadic("e", []int{}...))
	for i := range a {
		a = append(a, i)
	}
	fmt.Println(len(a))
	x := []int{1, 2, 3, 4, 5, 6}
	x = append(x[:2], x[3:]...)
	fmt.Println(x, len(x), x[:6])
	x = append(x, x...)
	i := 2
	x = append(x[:i], append([]int{55, 66}, x[i:]...)...)
	fmt.Println(x)
	for i, j := 0, len(x)-1; i < j; i, j = i+1, j-1 {
		x[i], x[j] = x[j], x[i]
	}
	fmt.Println(x, x[len(x)-1], x[len(x)-3:])
	arr := [5]int{1, 2, 3, 4, 5}
	v := arr[1:4]
	v[0] = 20
	v = append(v, 50)
	fmt.Println(arr, v, cap(v))
	pa := &arr
	fmt.Println(pa[1:2], len(pa), pa[:][4])
	q := [3]int(x[:3])
	x[0] = -5
	pq := (*[2]int)(x)
	pq[1] = -6
	fmt.Println(q, x[:2], *pq)
	clear(x[1:3])
	fmt.Println(x[:4])
	fs := []func(int) int{func(i int) int { return i + 1 }, func(i int) int { return i * i }}
	r := 3
	for _, f := range fs {
		r = f(r)
	}
	fmt.Println(r)
	bs := append([]byte{}, "bytes"...)
	bs = append(bs, '!', '?')
	fmt.Println(string(bs), len(bs))
	ms := []map[string]int{{"a": 1}, nil, {"b": 2}}
	fmt.Println(ms, len(ms[1]))
	ps := []*elem{{id: 1}, {id: 2}}
	for _, p := range ps {
		p.id *= 10
	}
	fmt.Println(ps[0].id, ps[1].id)
	var total int
	for _, row := range [][]int{{1, 2}, {3}, {}} {
		for _, v := range row {
			total += v
		}
	}
	fmt.Println(total)
	st := make([]struct{}, 3)
	st = append(st, struct{}{})
	fmt.Println(len(st), st)
	long := make([]int, 0)
	for i := 0; i < 5000; i++ {
		long = append(long, i)
	}
	fmt.Println(len(long), long[4999], cap(long) >= 5000)
}
