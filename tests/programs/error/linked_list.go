package main

import (
	"fmt"
)

type Node struct {
	val  int
	next Node
}

type List struct{ head *Node }

func (l List) add(v int) { l.head = Node{v, l.head} }

func main() {
	l := List{}
	l.add(1)
	l.head.next.val = "x"
	for n := l.head; n != null; n = n.next {
		fmt.Printn(n.val)
	}
	var n Node = nil
	n = &Node{1, nil}
	if l.head == 3 {
	}
}
