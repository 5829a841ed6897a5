package main

import "fmt"

func f(name string, v int) int {
	fmt.Print(name, " ")
	return v
}

type s struct{ a, b int }

func get(p *s, name string) *s {
	fmt.Print(name, " ")
	return p
}

var trace []string

func t(x string) string { trace = append(trace, x); return x }

var (
	va = vb + 1
	vb = vc * 2
	vc = initial()
)

func initial() int { return 5 }

func init() { trace = append(trace, "init1") }
func init() { trace = append(trace, "init2") }

func two() (int, int) { fmt.Print("two "); return 1, 2 }

func add(a, b int) int { return a + b }

func main() {
	fmt.Println(va, vb, vc, trace)
	arr := [3]int{}
	arr[f("i", 1)] = f("v", 5)
	fmt.Println(arr)
	m := map[int]int{}
	m[f("k", 1)], m[f("l", 2)] = f("x", 10), f("y", 20)
	fmt.Println(m)
	p := &s{}
	get(p, "p").a, get(p, "q").b = f("1", 1), f("2", 2)
	fmt.Println(*p)
	fmt.Println(add(two()), f("a", 1)+f("b", 2)*f("c", 3))
	i := 0
	i, arr[i] = 1, 9
	fmt.Println(i, arr)
	x, y, z := 1, 2, 3
	x, y, z = z, x, y
	fmt.Println(x, y, z)
	sl := []int{1, 2, 3}
	j := 0
	j, sl[j], sl[2] = 2, sl[2], sl[0]
	fmt.Println(j, sl)
	sl, sl[0] = nil, 100
	fmt.Println(sl == nil)
	_ = f("and", 0) == 1 && f("not", 1) == 1
	_ = f("or", 1) == 1 || f("never", 1) == 1
	fmt.Println()
	c := 1
	inc := func() int { c++; return c }
	fmt.Println(inc()+inc()*inc(), c)
	fmt.Println([]int{f("e0", 0), f("e1", 1)}, map[string]int{t("k"): f("mv", 1)}, s{b: f("B", 2), a: f("A", 1)})
	ch := make(chan int, 1)
	ch <- f("send", 3)
	fmt.Println(<-ch)
	var np *s
	func() {
		defer func() { fmt.Println("recovered") }()
		defer func() { recover() }()
		np.a = f("evaluated", 1)
	}()
	k := 5
	k += func() int { k = 10; return 1 }()
	fmt.Println(k)
	var fn func(int) func(int) int = func(a int) func(int) int {
		fmt.Print("outer ")
		return func(b int) int { fmt.Print("inner "); return a + b }
	}
	fmt.Println(fn(f("arg1", 1))(f("arg2", 2)))
	total := 0
	for i, v := range sliceOf(3) {
		total += i * v
	}
	fmt.Println(total)
	if v, ok := m[1]; ok && v == 10 {
		fmt.Println("ok", v)
	} else if w := v + 1; w > 0 {
		fmt.Println("else", w)
	}
	q := &s{1, 2}
	*q, q = s{3, 4}, &s{5, 6}
	fmt.Println(*q)
	type node struct{ next *node }
	n := &node{}
	n.next, n = n, &node{}
	fmt.Println(n.next == nil)
}

func sliceOf(n int) []int { fmt.Print("once "); return make([]int, n) }
