package main

func main() {
	_ = [2]int{1, 2, 3}
	_ = [2]int{5: 1}
	_ = []int{1, "a"}
	_ = []int{2: 1, 2: 2}
	_ = []int{-1: 1}
	_ = []int{"a": 1}
	_ = [...]int{1, 2}
	var a [...]int
	_ = [-1]int{}
	_ = [1.5]int{}
	_ = [1 << 62]int{}
	var b [2]int = [3]int{}
	_, _ = a, b
	_ = []int{1.5, 2.0}
}
