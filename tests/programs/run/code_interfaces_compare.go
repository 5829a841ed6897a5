package main

import (
	"errors"
	"fmt"
	"io"
)

type e1 struct{ code int }

func (e e1) Error() string { return fmt.Sprint("e1 ", e.code) }

type e2 struct{ msg string }

func (e *e2) Error() string { return e.msg }

func find(k int) error {
	switch k {
	case 0:
		return nil
	case 1:
		return e1{7}
	case 2:
		return &e2{"ptr"}
	case 3:
		return fmt.Errorf("wrap: %w", e1{8})
	case 4:
		var p *e2
		return p
	}
	return io.EOF
}

type rw interface {
	io.Reader
	Write(p []byte) (int, error)
}

type file struct{ data []byte }

func (f *file) Read(p []byte) (int, error) {
	if len(f.data) == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.data)
	f.data = f.data[n:]
	return n, nil
}

func (f *file) Write(p []byte) (int, error) { f.data = append(f.data, p...); return len(p), nil }

type flags uint8
type big struct{ a, b, c int }
type empty struct{}

func main() {
	for k := 0; k < 6; k++ {
		err := find(k)
		var a e1
		var b *e2
		fmt.Println(k, err == nil, err == e1{7}, errors.As(err, &a), errors.As(err, &b), errors.Is(err, io.EOF), err == io.EOF)
	}
	var x, y any = 1, 1
	fmt.Println(x == y, x == any(1.0), x == nil, x != "1")
	x, y = big{1, 2, 3}, big{1, 2, 3}
	fmt.Println(x == y, x == any(big{1, 2, 4}), any(empty{}) == any(empty{}), any("a"+"b") == any("ab"))
	var p1, p2 any = &big{}, &big{}
	fmt.Println(p1 == p2, p1 == p1)
	var r io.Reader = &file{}
	f, ok := r.(*file)
	w, ok2 := r.(io.Writer)
	q, ok3 := r.(rw)
	_, ok4 := r.(fmt.Stringer)
	fmt.Println(f != nil, ok, ok2, ok3, ok4, q == r)
	w.Write([]byte("hello"))
	buf := make([]byte, 3)
	for {
		n, err := r.Read(buf)
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Print(string(buf[:n]), " ")
	}
	var nilErr error
	_, isE := nilErr.(e1)
	fmt.Println(isE)
	n, isInt := any(flags(3)).(uint8)
	m, isFlags := any(flags(3)).(flags)
	fmt.Println(n, isInt, m, isFlags)
	arr := []any{1, "two", 3.0, nil, []int{4}, map[string]int{"five": 5}, e1{6}, &e2{"seven"}, flags(8), struct{}{}, big{9, 9, 9}, 'x', complex(1, 1)}
	for _, v := range arr {
		fmt.Printf("%v|%T ", v, v)
	}
	fmt.Println()
	c := arr[0]
	arr[0] = 100
	fmt.Println(c, arr[0])
	b := big{1, 1, 1}
	var ib any = b
	b.a = 50
	fmt.Println(ib.(big).a, b.a)
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(any([]int{1}) == any([]int{1}))
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var e error = e1{1}
		_ = e.(*e2)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		var s fmt.Stringer
		_ = any(s).(fmt.Stringer)
	}()
}
