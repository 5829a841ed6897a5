package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
)

type code int

func (c code) Error() string { return "code " + strconv.Itoa(int(c)) }

type stack struct{ data []int }

func (s *stack) push(v int) { s.data = append(s.data, v) }
func (s *stack) pop() int {
	if len(s.data) == 0 {
		panic(errors.New("stack empty"))
	}
	v := s.data[len(s.data)-1]
	s.data = s.data[:len(s.data)-1]
	return v
}

func safe(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case code:
			err = fmt.Errorf("code: %w", r)
		case error:
			err = fmt.Errorf("error: %w", r)
		case string:
			err = errors.New("string: " + r)
		case fmt.Stringer:
			err = errors.New(r.String())
		default:
			err = fmt.Errorf("other: %v %T", r, r)
		}
	}()
	f()
	return
}

func rethrow() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = safe(func() { panic(r) })
		}
	}()
	panic(code(3))
}

func deep(n int) int {
	if n == 0 {
		panic("bottom")
	}
	defer func() { depth++ }()
	return deep(n-1) + 1
}

var depth int

func loopRecover() (out []string) {
	for i := range 4 {
		func() {
			defer func() {
				if r := recover(); r != nil {
					out = append(out, fmt.Sprint(i, ":", r))
				}
			}()
			a := [3]int{}
			a[i] = 10 / (i - 1)
			out = append(out, fmt.Sprint(a))
		}()
	}
	return
}

func finalizers() {
	defer fmt.Println("one")
	defer func() {
		defer fmt.Println("two")
		if r := recover(); r != nil {
			fmt.Println("got", r)
		}
		fmt.Println("recover again", recover())
	}()
	defer fmt.Println("three")
	var m map[string][]int
	m["x"] = append(m["x"], 1)
	fmt.Println("unreachable")
}

func main() {
	s := &stack{}
	fmt.Println(safe(func() { s.push(1); s.pop(); s.pop() }))
	err := safe(func() { panic(code(7)) })
	var c code
	fmt.Println(err, errors.As(err, &c), c)
	fmt.Println(safe(func() { panic("text") }), safe(func() { panic(3.5) }), safe(func() {}))
	fmt.Println(safe(func() { panic([]int{1, 2}) }), safe(func() { panic(&s.data == nil) }))
	fmt.Println(rethrow())
	fmt.Println(safe(func() { deep(5) }), depth)
	fmt.Println(loopRecover())
	finalizers()
	fmt.Println(safe(func() {
		var e error
		panic(e)
	}))
	_, perr := strconv.Atoi("12x")
	fmt.Println(perr, errors.Is(perr, strconv.ErrSyntax))
	fmt.Println(safe(func() {
		x := []any{1, "a"}
		_ = x[1].(int)
	}))
	fmt.Println(safe(func() {
		type shape interface{ area() float64 }
		var sh any = s
		_ = sh.(shape)
	}))
	fmt.Println(safe(func() {
		var arr [5]int
		idx := -1
		arr[idx+0]++
	}))
	fmt.Println(safe(func() { k := 1; _ = make([]int, 5)[2:k:3] }) != nil)
	func() {
		defer func() {
			r := recover()
			fmt.Println("joined", r)
		}()
		panic(errors.Join(code(1), code(2)))
	}()
	if len(os.Args) > 5 {
		return
	}
	defer fmt.Println("deferred does not run on exit")
	os.Exit(0)
}
