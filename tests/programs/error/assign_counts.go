package main

func two() (int, int) { return 1, 2 }

func one() int { return 1 }

func none() {}

func main() {
	a, b := 1
	c, d := 1, 2, 3
	var e, f int = 1
	x, y := two()
	x, y = one()
	x = two()
	x, y = 1, 2, 3
	z := none()
}
