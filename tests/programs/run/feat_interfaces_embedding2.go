package main

import (
	"fmt"
	"io"
	"strings"
)

type Reader interface{ Read() string }
type Writer interface{ Write(string) int }
type ReadWriter interface {
	Reader
	Writer
}
type Closer interface{ Close() error }
type All interface {
	ReadWriter
	Closer
	fmt.Stringer
}

type buf struct{ parts []string }

func (b *buf) Read() string {
	if len(b.parts) == 0 {
		return "<empty>"
	}
	s := b.parts[0]
	b.parts = b.parts[1:]
	return s
}
func (b *buf) Write(s string) int { b.parts = append(b.parts, s); return len(s) }
func (b *buf) Close() error       { return io.ErrClosedPipe }
func (b buf) String() string      { return strings.Join(b.parts, "|") }

type logged struct {
	ReadWriter
	log []string
}

func (l *logged) Write(s string) int {
	l.log = append(l.log, "w:"+s)
	return l.ReadWriter.Write(s)
}

type counted struct {
	*logged
	n int
}

func (c *counted) Read() string { c.n++; return c.logged.Read() }

type wrapper struct{ Closer }
type double struct {
	wrapper
	name string
}

func drain(r Reader) (out []string) {
	for {
		s := r.Read()
		if s == "<empty>" {
			return
		}
		out = append(out, s)
	}
}

type value struct{ v int }

func (v value) Get() int   { return v.v }
func (v *value) Set(n int) { v.v = n }

type getter interface{ Get() int }
type setter interface{ Set(int) }
type gs interface {
	getter
	setter
}

type outer struct{ value }
type pouter struct{ *value }
type fnType func() string

func (f fnType) Read() string { return f() }

type sl []int

func (s sl) Get() int { return len(s) }

type mp map[string]int

func (m mp) Get() int   { return len(m) }
func (m mp) Set(n int) { m[fmt.Sprint(n)] = n }

type ch chan int

func (c ch) Get() int { return cap(c) }

type b bool

func (x b) Get() int {
	if x {
		return 1
	}
	return 0
}

type triple struct{ a, b, c string }

func (t triple) Get() int { return len(t.a + t.b + t.c) }

type nothing struct{}

func (nothing) Get() int { return -1 }

func main() {
	bf := &buf{}
	var rw ReadWriter = bf
	l := &logged{ReadWriter: rw}
	c := &counted{logged: l}
	c.Write("one")
	l.Write("two")
	rw.Write("three")
	fmt.Println(drain(c), c.n, l.log)
	var all All = bf
	all.Write("x")
	all.Write("y")
	fmt.Println(all, all.Close() == io.ErrClosedPipe, bf.String())
	if cl, ok := rw.(Closer); ok {
		fmt.Println(double{wrapper{cl}, "d"}.Close())
	}
	_, isAll := any(c).(All)
	_, isRW := any(c).(ReadWriter)
	fmt.Println(isAll, isRW)
	var s setter = &outer{value{1}}
	s.Set(5)
	fmt.Println(s.(getter).Get(), s.(gs).Get())
	p := pouter{&value{2}}
	var g gs = p
	g.Set(8)
	fmt.Println(p.Get(), g.Get(), p.value.v)
	for _, x := range []getter{sl{1, 2}, mp{"a": 1}, make(ch, 3), b(true), triple{"a", "bb", "c"}, nothing{}, value{4}, &value{6}, outer{value{7}}, p} {
		f := x.Get
		fmt.Print(x.Get(), f(), " ")
	}
	fmt.Println()
	fmt.Println(drain(fnType(func() string {
		if len(bf.parts) > 0 {
			return bf.Read()
		}
		return "<empty>"
	})))
	h := getter.Get
	fmt.Println(h(triple{"abc", "", ""}), (*value).Get(&value{3}), value.Get(value{2}))
	var nilRW ReadWriter
	func() {
		defer func() { fmt.Println(recover() != nil) }()
		(&logged{ReadWriter: nilRW}).Write("x")
	}()
	type anon = interface{ Get() int }
	var a anon = sl{}
	switch v := a.(type) {
	case setter:
		fmt.Println("setter")
	case interface{ Len() int }:
		fmt.Println("len")
	case getter:
		fmt.Println("getter", v.Get())
	}
	m := mp{}
	var ms gs = m
	ms.Set(3)
	fmt.Println(m, ms.Get())
	funcs := map[string]func() int{"v": value{1}.Get, "t": triple{"q", "", ""}.Get}
	fmt.Println(funcs["v"](), funcs["t"]())
}
