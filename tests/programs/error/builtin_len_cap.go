package main

func main() {
	_ = len(1)
	_ = len()
	_ = len("a", "b")
	_ = cap("a")
	_ = cap(map[int]int{})
	_ = len(nil)
	_ = len
	x := len
	len = 3
	var p *[3]int
	_ = len(p)
	var q *[]int
	_ = len(q)
}
