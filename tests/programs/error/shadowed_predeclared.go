package main

func main() {
	int := 3
	var x int
	len := 2
	_ = len("a")
	true := false
	if true {
	}
	nil := 1
	var p *string = nil
	_, _ = x, p
	string("a")
}
