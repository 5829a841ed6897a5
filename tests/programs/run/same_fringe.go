// Two trees are walked at the same time.
package main

import "fmt"

type tree struct {
	left, right *tree
	value       int
}

func walk(t *tree, ch chan<- int) {
	if t == nil {
		return
	}
	walk(t.left, ch)
	ch <- t.value
	walk(t.right, ch)
}

func walker(t *tree) <-chan int {
	ch := make(chan int)
	go func() {
		walk(t, ch)
		close(ch)
	}()
	return ch
}

func same(a, b *tree) bool {
	ca, cb := walker(a), walker(b)
	for {
		va, oka := <-ca
		vb, okb := <-cb
		if oka != okb || va != vb {
			return false
		}
		if !oka {
			return true
		}
	}
}

func insert(t *tree, v int) *tree {
	if t == nil {
		return &tree{value: v}
	}
	if v < t.value {
		t.left = insert(t.left, v)
	} else {
		t.right = insert(t.right, v)
	}
	return t
}

func build(vs ...int) (t *tree) {
	for _, v := range vs {
		t = insert(t, v)
	}
	return
}

func main() {
	fmt.Println(same(build(1, 2, 3, 4, 5), build(4, 2, 5, 1, 3)))
	fmt.Println(same(build(1, 2, 3), build(1, 2, 4)))
}
