package main

type T struct{ s []int }

func main() {
	_ = map[string]int{"a": 1, "a": 2}
	_ = map[string]int{"a"}
	_ = map[string]int{1: 2}
	_ = map[string]int{"a": "b"}
	_ = map[[]int]string{}
	_ = map[func()]int{}
	_ = map[any]int{1: 1, 1: 2, "1": 3, 1.0: 4}
	_ = map[T]int{}
	_ = map[bool]int{true: 1, false: 0, true: 2}
}
