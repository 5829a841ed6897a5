package main

import "fmt"

type node struct {
	val         int
	left, right *node
}

func (n *node) insert(v int) *node {
	if n == nil {
		return &node{val: v}
	}
	p := &n.left
	if v > n.val {
		p = &n.right
	}
	*p = (*p).insert(v)
	return n
}

func (n *node) walk(f func(int)) {
	if n == nil {
		return
	}
	n.left.walk(f)
	f(n.val)
	n.right.walk(f)
}

type item struct {
	name string
	qty  [3]int
	sub  struct{ x, y int }
}

func swap(a, b *int)      { *a, *b = *b, *a }
func reset(p **item)      { *p = &item{name: "fresh"} }
func fieldPtr(i *item) *int { return &i.sub.y }

func main() {
	var root *node
	for _, v := range []int{5, 2, 8, 1, 9, 3} {
		root = root.insert(v)
	}
	root.walk(func(v int) { fmt.Print(v, " ") })
	fmt.Println()
	x, y := 1, 2
	swap(&x, &y)
	fmt.Println(x, y)
	it := item{name: "a"}
	p := &it
	q := &p
	(*q).qty[1] = 5
	(**q).sub.x = 6
	*fieldPtr(&it) = 7
	fmt.Println(it)
	old := p
	reset(q)
	fmt.Println(p.name, old.name, p == old, old == &it)
	arr := [3]item{}
	e := &arr[1]
	e.qty[2] = 4
	cp := arr
	e.qty[2]++
	fmt.Println(arr[1].qty, cp[1].qty)
	s := arr[:]
	ep := &s[2].sub.x
	*ep = 11
	s = append(s, item{})
	s[2].sub.x = 22
	fmt.Println(arr[2].sub.x, *ep, s[2].sub.x)
	i := 0
	ptrs := []*int{&x, &y, &i, new(int)}
	for k, ptr := range ptrs {
		*ptr += k * 10
	}
	fmt.Println(x, y, i, *ptrs[3])
	pa := &[...]int{1, 2, 3}
	for i := range pa {
		pa[i] *= 2
	}
	pb := pa
	pb[0]--
	sl := pa[1:]
	sl[0] = 100
	fmt.Println(*pa, len(pa), cap(sl), pa == pb)
	f := func(n *int) func() int { return func() int { *n++; return *n } }
	g := f(&x)
	g()
	fmt.Println(g() == x, &x == &x, &x == &y)
	type ring struct{ next *ring; id int }
	r := &ring{id: 1}
	r.next = &ring{r, 2}
	fmt.Println(r.next.next.next.id)
	m := map[string]*[]int{"a": {1, 2}}
	*m["a"] = append(*m["a"], 3)
	(*m["a"])[0] = 9
	fmt.Println(*m["a"])
	var np *item
	fmt.Println(np == nil, func() (r any) { defer func() { r = recover() }(); return np.sub.y }())
	st := struct{ p *int; q **int }{p: &x}
	st.q = &st.p
	**st.q = 77
	fmt.Println(x, *st.p)
	b := &it.qty
	b[0] = 3
	c := *b
	c[0] = 4
	fmt.Println(it.qty, c, b[0:2])
	fn := &struct{ f func(int) int }{func(i int) int { return i + 1 }}
	fmt.Println(fn.f(1))
	iface := any(&it)
	iface.(*item).name = "through interface"
	fmt.Println(it.name)
	var arrp *[4]int
	for i := range arrp {
		fmt.Print(i)
	}
	fmt.Println(len(arrp))
}
