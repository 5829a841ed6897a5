package main

import (
	"iter"
	"maps"
	"slices"
)

func main() {
	for x := range slices.Values([]int{1}) {
		var s string = x
	}
	for k, v := range maps.All(map[string]int{}) {
		_ = k + v
	}
	var seq iter.Seq[int] = func(yield func(string) bool) {}
	for a, b := range seq {
	}
}
