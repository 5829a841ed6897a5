package main

func main() {
	x := 1
	x()
	"a"()
	var p *int
	p()
	(func() {})()
	nil()
	x.y()
	len.x()
}
