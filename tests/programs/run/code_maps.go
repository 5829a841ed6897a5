package main

import (
	"fmt"
	"math"
	"sort"
)

type point struct{ x, y int }
type wide struct {
	name string
	data [40]int
	tags []string
}

func main() {
	m := map[point]string{{1, 2}: "a"}
	m[point{3, 4}] = "b"
	p := point{1, 2}
	v, ok := m[p]
	_, no := m[point{}]
	fmt.Println(v, ok, no, len(m), m[point{9, 9}] == "")
	delete(m, p)
	delete(m, p)
	fmt.Println(len(m), m)
	w := map[string]wide{}
	x := w["none"]
	x.data[39] = 5
	x.name = "n"
	w["k"] = x
	fmt.Println(w["k"].data[39], w["k"].name, len(w["k"].tags), w["q"].data[0])
	mm := map[string]map[string]int{}
	if mm["a"] == nil {
		mm["a"] = make(map[string]int)
	}
	mm["a"]["b"]++
	mm["a"]["b"] += 5
	fmt.Println(mm, mm["zz"]["b"])
	anyKeys := map[any]int{1: 1, "1": 2, 1.0: 3, point{1, 1}: 4, [2]int{1, 2}: 5, nil: 6, true: 7}
	fmt.Println(anyKeys[1], anyKeys["1"], anyKeys[1.0], anyKeys[point{1, 1}], anyKeys[[2]int{1, 2}], anyKeys[nil], anyKeys[true], anyKeys[int64(1)])
	nan := map[float64]int{math.NaN(): 1}
	nan[math.NaN()] = 2
	nan[0.0] = 3
	fmt.Println(len(nan), nan[math.NaN()], nan[math.Copysign(0, -1)])
	clear(nan)
	fmt.Println(len(nan))
	keys := make([]string, 0)
	src := map[string]int{"x": 1, "y": 2, "z": 3}
	for k := range src {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys)
	sum := 0
	for k, v := range src {
		if v == 2 {
			delete(src, k)
		}
		sum += v
	}
	fmt.Println(sum, len(src))
	var nilMap map[string]int
	fmt.Println(nilMap["a"], len(nilMap), nilMap == nil)
	delete(nilMap, "a")
	for range nilMap {
		fmt.Println("never")
	}
	fs := map[string]func(int) int{"double": func(i int) int { return i * 2 }}
	fmt.Println(fs["double"](4))
	s := map[string][]int{}
	s["a"] = append(s["a"], 1, 2)
	s["a"][0] = 9
	fmt.Println(s)
	ptr := map[string]*point{"p": {1, 2}}
	ptr["p"].x += 10
	fmt.Println(*ptr["p"])
	st := map[rune]struct{}{'a': {}}
	_, has := st['a']
	fmt.Println(has, len(st))
	big := map[int]int{}
	for i := 0; i < 1000; i++ {
		big[i*7%1001] = i
	}
	t := 0
	for k, v := range big {
		t += k ^ v
	}
	fmt.Println(len(big), t)
	type e interface{ M() }
	var ie map[e]int
	fmt.Println(ie[nil])
	arr := map[[2]string]int{{"a", "b"}: 1}
	arr[[2]string{"a", "b"}]++
	fmt.Println(arr)
	m2 := m
	m2[point{}] = "shared"
	fmt.Println(len(m))
	b, ok2 := map[bool]string{true: "t"}[false]
	fmt.Printf("%q %v\n", b, ok2)
}
