package main

import (
	"errors"
	"fmt"
)

type shape interface {
	area() float64
	name() string
}

type named interface{ name() string }

type square struct{ side float64 }
type circle struct{ r float64 }

func (s square) area() float64  { return s.side * s.side }
func (s square) name() string   { return "square" }
func (c *circle) area() float64 { return 3 * c.r * c.r }
func (c *circle) name() string  { return "circle" }

type myErr struct{ code int }

func (e *myErr) Error() string { return fmt.Sprint("code ", e.code) }

func mayFail(n int) error {
	var e *myErr
	if n > 0 {
		e = &myErr{n}
		return e
	}
	return nil
}

func typedNil() error {
	var e *myErr
	return e
}

func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", v)
	case string:
		return "string " + v
	case []int:
		return fmt.Sprint("slice ", len(v))
	case func() int:
		return fmt.Sprint("func ", v())
	case shape:
		return "shape " + v.name()
	case error:
		return "error " + v.Error()
	case fmt.Stringer:
		return "stringer"
	default:
		return fmt.Sprintf("other %T", v)
	}
}

func main() {
	shapes := []shape{square{2}, &circle{1}}
	for _, s := range shapes {
		fmt.Println(s.name(), s.area())
		if c, ok := s.(*circle); ok {
			c.r = 2
		}
	}
	var n named = shapes[1]
	s, ok := n.(shape)
	fmt.Println(s.area(), ok)
	_, ok = n.(fmt.Stringer)
	fmt.Println(ok, mayFail(0) == nil, mayFail(3), typedNil() == nil)
	for _, v := range []any{nil, 1, int64(2), "s", []int{1}, func() int { return 5 }, square{1}, errors.New("e"), 1.5, map[string]int{}} {
		fmt.Println(describe(v))
	}
	var a, b any = square{1}, square{1}
	fmt.Println(a == b, a != any(square{2}), any(1) == any(1.0), any(nil) == nil)
	e1, e2 := errors.New("x"), errors.New("x")
	fmt.Println(e1 == e2, e1 == e1)
	defer func() {
		fmt.Println(recover())
		defer func() { fmt.Println(recover()) }()
		fmt.Println(any([]int{}) == any([]int{}))
	}()
	fmt.Println(n.(interface{ volume() float64 }))
}
