package main

import (
	"fmt"
	"runtime"
)

type s struct{ f func() }

func try(name string, f func()) {
	defer func() {
		r := recover()
		_, isRuntime := r.(runtime.Error)
		fmt.Println(name, "|", r, "|", isRuntime)
	}()
	f()
}

func main() {
	xs := []int{1, 2, 3}
	n, big, neg := 5, 10, -1
	zero := 0
	var m map[string]int
	var p *s
	var e error
	var any1 any = "s"
	try("index", func() { _ = xs[n] })
	try("negative index", func() { _ = xs[neg] })
	try("slice high", func() { _ = xs[1:big] })
	try("slice order", func() { _ = xs[big:n] })
	try("slice3", func() { _ = xs[0:2:big] })
	try("string slice", func() { _ = "abc"[n:] })
	try("string slice order", func() { _ = "abcdefgh"[n : n-1] })
	try("divide", func() { _ = n / zero })
	try("remainder", func() { _ = n % zero })
	try("nil map", func() { m["a"] = 1 })
	try("nil field", func() { p.f() })
	try("nil func", func() { (&s{}).f() })
	try("nil interface", func() { _ = e.Error() })
	try("assertion", func() { _ = any1.(int) })
	try("assertion to interface", func() { _ = any1.(error) })
	try("nil assertion", func() { var a any; _ = a.(string) })
	try("make", func() { _ = make([]int, neg) })
	try("cap", func() { _ = make([]int, 2, n-4) })
	try("array conversion", func() { _ = [4]int(xs) })
	try("hash", func() { _ = map[any]int{any(xs): 1} })
	try("compare", func() { var a, b any = xs, xs; _ = a == b })
	try("nil panic", func() { panic(nil) })
	try("custom", func() { panic(fmt.Errorf("e%d", 1)) })
	try("fine", func() {})
}
