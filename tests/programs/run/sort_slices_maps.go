package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sort"
)

type person struct {
	name string
	age  int
}

type byAge []person

func (p byAge) Len() int           { return len(p) }
func (p byAge) Less(i, j int) bool { return p[i].age < p[j].age }
func (p byAge) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }

func main() {
	people := []person{{"ann", 30}, {"bob", 25}, {"cid", 35}, {"dan", 25}}
	sort.Sort(byAge(people))
	fmt.Println(people[0].age, people[3])
	sort.SliceStable(people, func(i, j int) bool { return people[i].name > people[j].name })
	fmt.Println(people)
	slices.SortFunc(people, func(a, b person) int {
		return cmp.Or(cmp.Compare(a.age, b.age), cmp.Compare(a.name, b.name))
	})
	fmt.Println(people)
	xs := []int{5, 2, 8, 1}
	slices.Sort(xs)
	i, found := slices.BinarySearch(xs, 5)
	fmt.Println(xs, i, found, slices.Contains(xs, 3), slices.Index(xs, 8), slices.Max(xs), slices.Min(xs))
	slices.Reverse(xs)
	fmt.Println(xs, slices.Equal(xs, []int{8, 5, 2, 1}), sort.SearchInts([]int{1, 3, 5}, 4))
	m := map[string]int{"z": 26, "a": 1, "m": 13}
	keys := slices.Sorted(maps.Keys(m))
	fmt.Println(keys, slices.Collect(maps.Values(map[int]int{1: 2})))
	clone := maps.Clone(m)
	delete(clone, "z")
	fmt.Println(len(m), len(clone), maps.Equal(m, clone))
	fmt.Println(slices.Compact([]int{1, 1, 2, 2, 1}), slices.Insert([]int{1, 4}, 1, 2, 3), slices.Delete([]int{0, 1, 2, 3}, 1, 3))
	sort.Sort(sort.Reverse(sort.StringSlice(keys)))
	fmt.Println(keys, slices.IndexFunc(keys, func(s string) bool { return s < "n" }))
	for i, v := range slices.Backward(keys) {
		fmt.Print(i, v, " ")
	}
	fmt.Println(slices.Repeat([]int{1, 2}, 2))
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c)
	}
	fmt.Println()
}
