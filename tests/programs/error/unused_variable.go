package main

func main() {
	x := 1
	var y int
	for i, v := range []int{1} {
	}
	a, b := 1, 2
	_ = a
}
