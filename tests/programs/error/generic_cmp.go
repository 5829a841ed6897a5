package main

import (
	"cmp"
	"slices"
)

func main() {
	_ = cmp.Compare(1, "a")
	_ = slices.Max([]any{1})
	slices.Sort([]bool{true})
	_ = slices.Contains([]int{1}, "a")
	_ = slices.Index([]func(){}, nil)
	slices.SortFunc([]int{1}, func(a, b string) int { return 0 })
}
