package main

import "fmt"

type list struct {
	next  *list
	value int
}

func push(head **list, v int) { *head = &list{*head, v} }

func swap(a, b *int) { *a, *b = *b, *a }

type matrix struct{ cells [4]int }

func main() {
	a, b := 1, 2
	swap(&a, &b)
	fmt.Println(a, b)
	var head *list
	for i := range 4 {
		push(&head, i)
	}
	for l := head; l != nil; l = l.next {
		fmt.Print(l.value, " ")
	}
	fmt.Println()
	m := matrix{}
	p := &m.cells[2]
	*p = 5
	q := &m
	q.cells[3] = 6
	fmt.Println(m, p == &m.cells[2], p == &m.cells[1])
	xs := []int{1, 2, 3}
	r := &xs[1]
	xs = append(xs, 4)
	*r = 50
	fmt.Println(xs, *r)
	pp := &p
	**pp = 8
	fmt.Println(m.cells[2])
	n := new(int)
	*n += 3
	s := new(string)
	fmt.Println(*n, *s == "", new(int) == new(int))
	e := &struct{ x, y int }{1, 2}
	f := *e
	f.x = 10
	fmt.Println(*e, f)
	var np *matrix
	defer func() { fmt.Println(recover()) }()
	np.cells[0] = 1
}
