package main

type P struct{ x, y int }

func main() {
	_ = P{1}
	_ = P{1, 2, 3}
	_ = P{x: 1, 2}
	_ = P{x: 1, x: 2}
	_ = P{z: 1}
	_ = P{X: 1}
	_ = P{"a", 2}
	_ = P{x: "a"}
	_ = &P{y: 1.5}
	_ = []P{{1, 2}, {x: 1}, {3}}
	_ = map[string]*P{"a": {1, 2}, "b": {q: 3}}
}
