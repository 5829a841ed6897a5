package main

import "fmt"

type point struct{ x, y int }

type named struct {
	point
	label string
}

type box[T any] struct {
	named
	value T
}

func main() {
	a := named{x: 1, label: "a"}
	b := named{label: "b", y: 2, x: 3}
	c := box[string]{label: "c", x: 4, value: "v"}
	p := &box[int]{y: 5}
	list := []named{{x: 6}, {point: point{7, 8}}}
	fmt.Println(a, b, c, *p, list)
	c = box[string]{value: "w"}
	fmt.Printf("%+v\n", c)
}
