package main

type point struct{ x, y int }

func (p *point) move() {}

func main() {
	var p point
	p.z = 1
	p.X = 2
	p.Move()
	(&p).q++
	_ = p.move
}
