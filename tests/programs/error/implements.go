package main

type Shape interface {
	Area() float64
	Name() string
}

type Square struct{}

func (*Square) Area() float64 { return 1 }

func (*Square) Name() string { return "" }

type Circle struct{}

func (Circle) Area() int { return 1 }

func (Circle) Name() string { return "" }

type Triangle struct{}

func (Triangle) area() float64 { return 1 }

type Line struct{ Area float64 }

func use(Shape) {}

func main() {
	var s Shape = Square{}
	s = &Square{}
	s = Circle{}
	s = Triangle{}
	s = Line{}
	s = nil
	s = 3
	var p *Shape = &s
	p.Area()
	use(Square{})
	use(p)
	var e error = s
	var a any = s
	s = a
	_ = e
}
