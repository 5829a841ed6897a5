package main

import (
	"errors"
	"fmt"
)

type color int

const (
	red color = iota
	green
	blue
)

func (c color) String() string { return [...]string{"red", "green", "blue"}[c] }

func kind(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", x)
	case string:
		return "string " + x
	case []int:
		return fmt.Sprint("slice ", len(x))
	case error:
		return "error " + x.Error()
	case fmt.Stringer:
		return "stringer " + x.String()
	case func() int:
		return fmt.Sprint("func ", x())
	case *int:
		*x++
		return fmt.Sprint("pointer ", *x)
	case struct{ A, B int }:
		return fmt.Sprint("struct ", x.A+x.B)
	default:
		return fmt.Sprintf("other %T", x)
	}
}

func grade(n int) (s string) {
	switch {
	case n >= 90:
		s = "A"
	case n >= 80:
		s = "B"
		fallthrough
	case n >= 70:
		s += "C"
	default:
		s = "F"
	}
	return
}

func calls(name string, v int) int {
	fmt.Print(name, " ")
	return v
}

func main() {
	n := 3
	for _, v := range []any{nil, 1, int64(2), "s", []int{1}, errors.New("e"), blue, func() int { return 7 }, &n, struct{ A, B int }{1, 2}, 1.5, 'c', [2]int{}} {
		fmt.Println(kind(v))
	}
	fmt.Println(n, grade(95), grade(85), grade(75), grade(5))
	switch calls("tag", 2) {
	case calls("one", 1), calls("two", 2), calls("three", 3):
		fmt.Println("hit")
	case calls("four", 4):
	}
	switch x := calls("x", 5); {
	case x > 4:
		fmt.Println("big")
		if x == 5 {
			break
		}
		fmt.Println("never")
	}
	switch {
	default:
		fmt.Println("only default")
	}
	switch c := green; c {
	case red:
		fmt.Println("r")
	case green, blue:
		fmt.Println("g/b", c)
	}
	var e any = 5
	switch e {
	case "5":
		fmt.Println("string")
	case 5.0:
		fmt.Println("float")
	case 5:
		fmt.Println("int")
	}
	switch s := "abc"; s + "d" {
	case "abcd":
		fmt.Println("concat")
	}
	var err error
	switch err {
	case nil:
		fmt.Println("no error")
	}
	var f func()
	switch {
	case f == nil:
		fmt.Println("nil func")
	}
loop:
	for i := 0; ; i++ {
		switch i {
		case 1:
			continue
		case 3:
			break loop
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
	switch x := any(n).(type) {
	case int:
		f := func() int { x *= 2; return x }
		fmt.Println(f(), f(), n)
	}
}
