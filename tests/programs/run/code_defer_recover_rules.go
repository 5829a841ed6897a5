package main

import (
	"errors"
	"fmt"
	"runtime"
)

func named() (x int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
			x *= 2
		}
	}()
	x = 21
	panic("boom")
}

func unnamed() int {
	defer func() { recover() }()
	return func() int { panic(1) }()
}

func overwrite() (s string) {
	defer func() { s = s + " deferred" }()
	return "returned"
}

func notDirect() (out string) {
	defer func() {
		if r := recover(); r != nil {
			out = fmt.Sprint("outer got ", r)
		}
	}()
	defer func() {
		func() { fmt.Println("helper:", recover()) }()
	}()
	panic("p1")
}

func replaced() {
	defer func() { fmt.Println("final", recover()) }()
	defer func() { panic("second") }()
	panic("first")
}

func nestedRecover() {
	defer func() {
		defer func() { fmt.Println("inner", recover()) }()
		panic("in deferred")
	}()
	defer func() { fmt.Println("outer", recover()) }()
	panic("original")
}

type t struct{ n int }

func (v t) show()   { fmt.Println("value", v.n) }
func (v *t) showP() { fmt.Println("pointer", v.n) }

func arguments() {
	v := t{1}
	i := 0
	defer v.show()
	defer v.showP()
	defer fmt.Println("i was", i)
	for ; i < 3; i++ {
		defer func(n int) { fmt.Print("loop ", n, i, "\n") }(i)
	}
	v.n = 2
	var f func()
	f = func() { fmt.Println("old f") }
	defer f()
	f = func() { fmt.Println("new f") }
}

func runtimeErrors() {
	try := func(name string, f func()) {
		defer func() {
			r := recover()
			err, ok := r.(error)
			var re runtime.Error
			fmt.Println(name, ok, errors.As(err, &re), r)
		}()
		f()
	}
	var m map[string]int
	var p *t
	var s []int
	var e any = "str"
	zero := 0
	i := 5
	try("map", func() { m["a"] = 1 })
	try("nil", func() { p.n = 1 })
	try("index", func() { _ = s[i] })
	try("slice", func() { _ = s[1:i] })
	try("div", func() { fmt.Println(1 / zero) })
	try("assert", func() { _ = e.(int) })
	try("assert2", func() { _ = e.(fmt.Stringer) })
	try("array", func() { a := [3]int{}; _ = a[i] })
	try("conv", func() { _ = [4]int(make([]int, 2)) })
	try("makeslice", func() { _ = make([]int, zero-1) })
	try("shift", func() { fmt.Println(1 << (zero - 1)) })
	try("compare", func() { var a, b any = s, s; fmt.Println(a == b) })
	try("hash", func() { mm := map[any]int{}; mm[s] = 1 })
	try("string", func() { _ = "abc"[i] })
	try("stringslice", func() { _ = "abc"[2:zero] })
	try("nilfunc", func() { var f func(); f() })
	try("niliface", func() { var e error; _ = e.Error() })
	try("closenil", func() { var c chan int; close(c) })
	try("full", func() { _ = make([]int, 2, 4)[1:2:i] })
}

func goexit() {
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("goexit deferred", recover())
		runtime.Goexit()
	}()
	<-done
}

func main() {
	fmt.Println(named())
	fmt.Println(unnamed())
	fmt.Println(overwrite())
	fmt.Println(notDirect())
	replaced()
	nestedRecover()
	arguments()
	runtimeErrors()
	goexit()
	defer func() {
		fmt.Println(recover())
		fmt.Println(recover())
	}()
	var err error = errors.New("wrapped")
	panic(fmt.Errorf("panic value: %w", err))
}
