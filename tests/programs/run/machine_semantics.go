package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
)

type Tree struct {
	l, r *Tree
	v    int
}

func build(d int) *Tree {
	if d == 0 {
		return &Tree{v: 1}
	}
	return &Tree{build(d - 1), build(d - 1), d}
}
func (t *Tree) sum() int {
	if t == nil {
		return 0
	}
	return t.v + t.l.sum() + t.r.sum()
}

func try(name string, f func()) {
	defer func() {
		r := recover()
		var re runtime.Error
		err, ok := r.(error)
		fmt.Printf("%s: %v %v\n", name, r, ok && errors.As(err, &re))
	}()
	f()
}

func nested() (s string) {
	defer func() { s += fmt.Sprint(" r1=", recover()) }()
	defer func() {
		defer func() { s += fmt.Sprint(" r2=", recover()) }()
		panic("second")
	}()
	panic("first")
}

func replaced() (s string) {
	defer func() { s = fmt.Sprint(recover()) }()
	defer func() { panic("b") }()
	panic("a")
}

func deferLoop() {
	for i := 0; i < 3; i++ {
		defer func(n int) { fmt.Print(n, " ", i, ";") }(i * 10)
	}
}

type I interface{ M() int }
type A struct{ n int }

func (a A) M() int { return a.n }

type Big struct{ a, b, c, d int }

func (b Big) M() int { return b.a + b.d }

func named() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			n *= 2
		}
	}()
	n = 21
	var p *A
	return p.n, nil
}

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return 1 + deep(n-1)
}

func main() {
	for i := 0; i < 3; i++ {
		fmt.Println(build(14).sum())
	}
	var garbage []*Tree
	for i := 0; i < 50; i++ {
		garbage = append(garbage[:0], build(10))
	}
	fmt.Println(garbage[0].sum())
	s := strings.Repeat("ab", 1000)
	for i := 0; i < 2000; i++ {
		s = s[1:] + s[:1]
	}
	fmt.Println(len(s), s[:4])
	try("index", func() { a := []int{1}; i := 5; _ = a[i] })
	try("nil map", func() { var m map[string]int; m["a"] = 1 })
	try("nil ptr", func() { var t *Tree; t.v = 1 })
	try("div", func() { z := 0; _ = 1 / z })
	try("conv", func() { var x any = "s"; _ = x.(int) })
	try("conv2", func() { var x any; _ = x.(I) })
	try("conv3", func() { var x any = 3; _ = x.(I) })
	try("cmp", func() { var a, b any = []int{1}, []int{1}; _ = a == b })
	try("hash", func() { m := map[any]int{}; m[[]int{1}] = 2 })
	try("slice", func() { a := make([]int, 3); n := 5; _ = a[n:] })
	try("neg make", func() { n := -1; _ = make([]int, n) })
	try("close nil", func() { var c chan int; close(c) })
	try("close 2", func() { c := make(chan int); close(c); close(c) })
	try("shift", func() { n := -1; _ = 1 << n })
	try("custom", func() { panic(fmt.Errorf("e %d", 1)) })
	try("arr", func() { s := []int{1, 2}; _ = [3]int(s) })
	try("wg", func() { var wg sync.WaitGroup; wg.Done() })
	try("goexit-less", func() {})
	fmt.Println(nested())
	fmt.Println(replaced())
	deferLoop()
	fmt.Println()
	fmt.Println(named())
	is := []I{A{1}, Big{1, 2, 3, 4}, &A{5}}
	t := 0
	for _, i := range is {
		t += i.M()
	}
	fmt.Println(t, deep(100000))
	m := map[I]string{A{1}: "one", Big{1, 2, 3, 4}: "big"}
	fmt.Println(m[A{1}], m[Big{1, 2, 3, 4}], len(m), m[A{2}] == "")
	m2 := map[[2]string]int{{"a", "b"}: 1}
	m2[[2]string{"a", "b"}]++
	fmt.Println(m2)
	cnt := 0
	mm := map[int]int{}
	for i := 0; i < 100; i++ {
		mm[i] = i
	}
	for k := range mm {
		if k%2 == 0 {
			delete(mm, k)
		}
		cnt++
	}
	fmt.Println(len(mm), cnt >= 50)
	xs := make([]int, 5, 9)
	a := [5]int{1, 2, 3, 4, 5}
	b := a[1:3]
	b = append(b, 99)
	fmt.Println(a, b, len(b), cap(b), a[1:2:3], cap(a[1:2:3]))
	c := a
	c[0] = 100
	fmt.Println(a[0], c[0], a == c, a != [5]int{})
	fn := func() func() int { n := 0; return func() int { n++; return n } }()
	fn()
	fmt.Println(fn(), fn())
	var wg sync.WaitGroup
	res := make([]int, 10)
	for i := range 10 {
		wg.Add(1)
		go func() { defer wg.Done(); res[i] = i * i }()
	}
	wg.Wait()
	fmt.Println(res)
	func() {
		defer func() { fmt.Println("rec:", recover()) }()
		for i := range func(yield func(int) bool) {
			for k := 0; ; k++ {
				if !yield(k) {
					return
				}
			}
		} {
			if i == 3 {
				panic(fmt.Sprint("at ", i))
			}
		}
	}()
	func() {
		done := make(chan bool)
		go func() {
			defer close(done)
			defer fmt.Println("deferred in goexit")
			defer func() { fmt.Println("recover in goexit:", recover()) }()
			runtime.Goexit()
		}()
		<-done
	}()
	switch x := any(3.5).(type) {
	case int, string:
		fmt.Println("no", x)
	case float64:
		fmt.Println("float", x)
	}
	const big = 1 << 100
	fmt.Println(big>>98, uint8(255)+uint8(len(xs)), int8(127)+int8(cap(b)), -7/2, -7%3, 7&^5)
	for i, r := range "aé\xff中" {
		fmt.Print(i, ":", r, " ")
	}
	fmt.Println()
}
