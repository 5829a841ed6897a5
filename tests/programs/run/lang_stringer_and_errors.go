package main

import "fmt"

type color int

const (
	red color = iota
	green
)

func (c color) String() string {
	switch c {
	case red:
		return "red"
	case green:
		return "green"
	}
	return fmt.Sprintf("color(%d)", int(c))
}

type vec struct{ x, y float64 }

func (v *vec) String() string { return fmt.Sprintf("(%g,%g)", v.x, v.y) }

type bad struct{}

func (bad) Error() string { panic("no text") }

type wrap struct {
	c color
	v *vec
	e error
}

type gs struct{}

func (gs) GoString() string { return "gs!" }

func main() {
	fmt.Println(red, green, color(7), []color{red, green}, map[color]int{green: 1})
	fmt.Printf("%v %d %s %q %x %+v\n", green, green, green, green, green, wrap{c: green})
	fmt.Println(&vec{1, 2}, vec{1, 2})
	fmt.Println(wrap{red, nil, nil}.c, struct{ C color }{green})
	fmt.Println(bad{})
	var nilVec *vec
	fmt.Printf("%v\n", nilVec == nil)
	fmt.Printf("%#v %v\n", gs{}, gs{})
}
