package main

import (
	"errors"
	"fmt"
	"os"
)

func order() {
	for i := range 3 {
		defer fmt.Println("deferred", i)
	}
	fmt.Println("body")
}

func named() (n int, err error) {
	defer func() {
		n *= 2
		if r := recover(); r != nil {
			err = fmt.Errorf("got %v", r)
		}
	}()
	n = 21
	if len(os.Args) > 100 {
		return 0, nil
	}
	panic("oops")
}

func args() {
	x := 1
	defer fmt.Println("evaluated early", x)
	defer func() { fmt.Println("evaluated late", x) }()
	x = 2
}

type res struct{ name string }

func (r *res) close() { fmt.Println("close", r.name) }

func methods() {
	a := &res{"a"}
	defer a.close()
	a = &res{"b"}
	defer a.close()
}

func inner() { panic(errors.New("inner")) }

func nested() (s string) {
	defer func() {
		s = fmt.Sprint("outer: ", recover())
	}()
	defer func() {
		defer func() { fmt.Println("first:", recover()) }()
		panic("second")
	}()
	inner()
	return "not reached"
}

func notDirect() {
	defer func() { fmt.Println("direct:", recover()) }()
	defer func() {
		func() { fmt.Println("indirect:", recover()) }()
	}()
	panic("p")
}

func returns() int {
	x := 5
	defer func() { x = 10 }()
	return x
}

func main() {
	order()
	fmt.Println(named())
	args()
	methods()
	fmt.Println(nested())
	notDirect()
	fmt.Println(returns(), recover())
	func() {
		defer func() {
			r := recover()
			err, ok := r.(error)
			fmt.Println(ok, err)
		}()
		var m map[string][]int
		m["a"][0]++
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var f func()
		f()
	}()
	func() {
		defer func() { fmt.Printf("%T %v\n", 1, recover()) }()
		panic(fmt.Sprintf("%d", 5))
	}()
	defer fmt.Println("last")
}
