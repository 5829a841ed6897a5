package main

import "fmt"

type key struct {
	a int
	b string
}

func main() {
	m := map[string]int{"one": 1, "two": 2}
	m["three"]++
	v, ok := m["four"]
	fmt.Println(m, len(m), v, ok, m["one"])
	delete(m, "one")
	delete(m, "none")
	_, ok = m["one"]
	fmt.Println(ok, len(m))
	k := map[key][]int{{1, "a"}: {1, 2}}
	k[key{1, "a"}] = append(k[key{1, "a"}], 3)
	fmt.Println(k, k[key{2, "b"}] == nil)
	any1 := map[any]string{1: "int", "1": "string", 1.0: "float", key{1, "x"}: "struct", [2]int{1, 2}: "array", nil: "nil", true: "bool"}
	fmt.Println(any1[1], any1["1"], any1[1.0], any1[key{1, "x"}], any1[[2]int{1, 2}], any1[nil], any1[int64(1)] == "")
	var n map[string]int
	fmt.Println(n == nil, n["x"], len(n))
	for range n {
		fmt.Println("never")
	}
	sum := 0
	for i := range 100 {
		big := map[int]int{}
		big[i] = i
		sum += big[i]
	}
	fmt.Println(sum)
	many := map[int]int{}
	for i := range 1000 {
		many[i*7] = i
	}
	total := 0
	for k, v := range many {
		total += k - 7*v
		delete(many, k)
	}
	fmt.Println(total, len(many))
	nested := map[string]map[string]int{"a": {"b": 1}}
	nested["a"]["c"] = 2
	fmt.Println(nested)
	f := map[float64]int{}
	zero := 0.0
	nan := zero / zero
	f[nan] = 1
	f[nan] = 2
	_, found := f[nan]
	fmt.Println(len(f), found)
	clear(f)
	fmt.Println(len(f))
	defer func() { fmt.Println(recover()) }()
	any1[[]int{1}] = "slice"
}
