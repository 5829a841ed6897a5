package main

import "fmt"

type point struct {
	x, y int
	name string
}

func main() {
	ch := make(chan point, 2)
	p := point{1, 2, "p"}
	ch <- p
	p.x = 50
	ch <- p
	q := <-ch
	fmt.Println(q, p)
	q.name = "q"
	fmt.Printf("%+v %+v\n", q, <-ch)
}
