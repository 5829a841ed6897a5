package main

import "fmt"

type page struct {
	words [300]int
	name  string
}

type shelf struct {
	first page
	rest  []page
}

func fill(n int) (p page) {
	for i := range p.words {
		p.words[i] = n * i
	}
	p.name = fmt.Sprint("page", n)
	return
}

func (p page) sum() (s int) {
	for _, w := range p.words {
		s += w
	}
	return
}

func (p *page) bump(i int) { p.words[i]++ }

func pass(p page, i int) page {
	p.words[i] = -1
	return p
}

var global page

func main() {
	a := fill(2)
	b := a
	b.words[299] = 7
	fmt.Println(a.sum(), b.sum(), a == b, a.words[299], b.words[299])
	c := pass(a, 0)
	fmt.Println(a.words[0], c.words[0], c.name)
	s := shelf{first: a, rest: []page{b}}
	s.rest = append(s.rest, c, fill(3))
	s.first.bump(5)
	s.rest[1].bump(6)
	fmt.Println(s.first.words[5], a.words[5], s.rest[1].words[6], len(s.rest), s.rest[2].words[299])
	m := map[string]page{"a": a}
	m["b"] = fill(4)
	v, ok := m["zz"]
	fmt.Println(m["b"].words[10], m["a"].name, v.words[0], ok, len(m["none"].name))
	var i any = a
	p, ok := i.(page)
	p.words[1] = 100
	fmt.Println(ok, i.(page).words[1], p.words[1])
	ch := make(chan page, 1)
	ch <- a
	a.words[2] = -2
	got := <-ch
	fmt.Println(got.words[2], a.words[2])
	global = b
	global.words[3]++
	gp := &global
	gp.words[4]++
	fmt.Println(global.words[3], global.words[4], b.words[3], gp.sum() == global.sum())
	f := func() int { return a.words[2] + len(a.name) }
	a.words[2] = 50
	fmt.Println(f())
	for i, pg := range s.rest {
		if i == 1 {
			pg.words[0] = 12345
		}
	}
	fmt.Println(s.rest[1].words[0])
	arr := [3]page{1: fill(1)}
	brr := arr
	arr[1].words[7] = 0
	k := 1
	fmt.Println(brr[k].words[7], arr[k].words[7], arr == brr)
	s.rest[0], s.rest[1] = s.rest[1], s.rest[0]
	fmt.Println(s.rest[0].words[6], s.rest[1].words[299])
	g := s.first.sum
	s.first.words[299] = 0
	fmt.Println(g() != s.first.sum())
	defer func(p page) { fmt.Println("deferred", p.words[9]) }(fill(9))
}
