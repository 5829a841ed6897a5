package main

import (
	"errors"
	"fmt"
	"os"
	"time"
)

type P struct{ X, Y int }
type N struct {
	Name string
	P    *P
	In   P
	M    map[string]int
	S    []any
	E    error
	f    func()
	c    chan int
	i    any
}
type Str int

func (s Str) String() string { return fmt.Sprintf("Str<%d>", int(s)) }

type Ptr struct{ v int }

func (p *Ptr) String() string { return fmt.Sprint("ptr ", p.v) }

type GS struct{}

func (GS) GoString() string { return "GS!" }

type Fm struct{ a int }

func (f Fm) Format(s fmt.State, v rune) {
	w, wok := s.Width()
	p, pok := s.Precision()
	fmt.Fprintf(s, "[%c %d %v %d %v %v%v%v%v%v]", v, w, wok, p, pok, s.Flag('-'), s.Flag('+'), s.Flag('#'), s.Flag(' '), s.Flag('0'))
}

type Bad struct{}

func (Bad) String() string { panic("oh no") }

type Err struct{ code int }

func (e Err) Error() string { return fmt.Sprint("err ", e.code) }

type B []byte
type hidden struct{ s Str }
type T3 struct {
	a  uint8
	b  [3]bool
	c  complex64
	d  float32
	e  B
	g  *int
	st Str
}

func main() {
	n := N{"n", &P{1, 2}, P{3, 4}, map[string]int{"b": 2, "a": 1}, []any{1, "x", nil, 2.5}, errors.New("bad"), nil, nil, nil}
	n.P = nil
	fmt.Printf("%v\n%+v\n", n, n)
	fmt.Printf("%#v\n", P{1, 2})
	fmt.Printf("%v %+v %#v %T\n", &P{1, 2}, &P{1, 2}, &P{1, 2}, &P{1, 2})
	fmt.Printf("%v %d %s %x %q|%5d|%-5d|%05d\n", Str(3), Str(3), Str(3), Str(3), Str(3), Str(4), Str(4), Str(4))
	fmt.Println(&Ptr{5}, Ptr{6}, []*Ptr{}, hidden{7}, []Str{1, 2}, map[Str]Str{1: 2})
	fmt.Printf("%v %#v %+v\n", GS{}, GS{}, []GS{{}})
	fmt.Printf("%v|%+-10.3x|% 0#d\n", Fm{1}, Fm{1}, Fm{1})
	fmt.Printf("%v %s %d\n", Bad{}, Bad{}, Bad{})
	var np *Ptr
	var nerr error
	fmt.Printf("%v %v %s %d\n", np == nil, nerr, nerr, nerr)
	fmt.Printf("%v %s\n", Err{4}, []error{Err{5}, errors.New("x")})
	fmt.Printf("%d %s %v %x %X %q\n", B("hi"), B("hi"), B("hi"), B("hi"), "hi\xff", B("hi"))
	fmt.Printf("%v %+v\n", T3{1, [3]bool{true}, 1 + 2i, 1.5, B("z"), nil, 9}, T3{})
	fmt.Printf("%#v\n", T3{1, [3]bool{true}, 1 + 2i, 1.5, B("z"), nil, 9})
	fmt.Printf("%#v %#v %#v %#v\n", []int(nil), map[string]bool{"x": true}, []string{"a"}, [2]any{1, "b"})
	fmt.Printf("%#v %#v %#v %#v %#v\n", 1, "s", 1.0, 'x', uint8(3))
	fmt.Printf("%#v %#v\n", struct {
		A int
		B any
	}{1, nil}, any(nil))
	fmt.Printf("%t %v %08b %o %#o %O %x %#X %c %U %#U\n", true, false, 5, 8, 8, 8, 255, 255, 0x4E2D, 0x4E2D, 0x1F600)
	fmt.Printf("%e %E %f %F %g %G %.2f %8.3f|%-8.2f|%+.1e|% .3g\n", 1234.5678, 0.00012, 3.14159, 2.0, 1e21, 1e-7, 2.345, 3.14159, 2.5, 12345.678, 3.14159)
	fmt.Printf("%6.2f|%06.2f|%+06d|% d|%x|%X\n", 3.14159, -3.14159, 42, 42, 3.5, -1)
	fmt.Printf("%s|%10s|%-10s|%.2s|%q|%#q|%+q|%x|% x|%#x|% #x\n", "hello", "hi", "hi", "hello", "a\"b\n", "a`b", "é", "hi", "hi", "hi", "hi")
	fmt.Printf("%5t|%-7t|%3c|%-3c|%03d|%+d\n", true, false, 'x', 'y', 7, -7)
	fmt.Printf("%*d|%-*d|%.*f\n", 5, 42, 5, 42, 2, 3.14159)
	fmt.Printf("%[2]d %[1]d %[3]*.[2]*[1]f|\n", 1, 2, 3)
	fmt.Printf("%[2]*[1]d|%[5]d|%[x]d|%[1]d %d\n", 7, 4)
	fmt.Printf("%d %s %!\n", "x", 5)
	fmt.Printf("%d\n")
	fmt.Printf("%d %d\n", 1)
	fmt.Printf("x\n", 1, "a", nil)
	fmt.Printf("%z %-z %y\n", 3, "s", nil)
	fmt.Printf("%.3d|%8.3d|%-8.3d|%.0d|%x\n", 5, 5, 5, 0, "")
	fmt.Printf("%v %v %v\n", [3]int{1, 2, 3}, [0]int{}, [][]int{{1}, {2, 3}})
	fmt.Printf("%v %v\n", struct{}{}, map[P]string{{1, 2}: "a", {0, 5}: "b"})
	fmt.Printf("%6v|%-6v|%06v\n", []int{1, 2}, []string{"a", "b"}, []int{3})
	fmt.Printf("%s %v %d\n", time.Duration(1500)*time.Millisecond, time.Second, time.Second)
	fmt.Printf("%q %q %v %c\n", []string{"a b", "c"}, 'x', 'x', []rune("hé"))
	fmt.Printf("%x %X %x\n", []byte{1, 171}, [3]byte{1, 2, 3}, []string{"ab", "c"})
	fmt.Println(fmt.Sprint("a", 1, 2, "b", "c", 3.0, nil, nil), fmt.Sprintln("x", 1))
	fmt.Print("a", "b", 1, 2, true, "\n")
	fmt.Fprintln(os.Stdout, 1e6, 1e20, 1e21, 123456789.0, float32(0.1), 1e-5, 100000.0, -0.0)
	fmt.Println(int8(-5), uint64(1<<63), 'a', 3+4i, complex64(1i), "é", []byte("é"), [2]bool{true})
	fmt.Printf("%p %v\n", nil, nil)
	fmt.Printf("%v %s\n", errors.Join(errors.New("a"), errors.New("b")), fmt.Errorf("w: %w", os.ErrNotExist))
	fmt.Printf("%w %T\n", errors.New("x"), fmt.Errorf("%w %w", errors.New("a"), errors.New("b")))
	fmt.Printf("%T %T %T %T %T %T %T\n", 1, "s", []int{}, map[string][]P{}, func(int) string { return "" }, make(chan<- int), struct{ A int }{})
	fmt.Printf("%6.2f%%|%3d%%\n", 45.678, 7)
	fmt.Printf("%v %+v\n", struct {
		p *P
		e error
	}{nil, Err{1}}, struct{ s fmt.Stringer }{Str(2)})
	fmt.Printf("%08.3f|%+08.3f|%-08.3f|% 8.3f\n", 3.14159, 3.14159, 3.14159, 3.14159)
	fmt.Printf("%#g %#.3g %#x %#b %#e\n", 1.0, 2.0, 3, 5, 1.5)
	fmt.Printf("%+v %+d %+s %+q\n", 1, []int{1, -2}, "x", 'é')
	fmt.Printf("%t %t\n", 1, "x")
	var ip *int
	var m map[string]int
	var sl []int
	var fn func()
	var ch chan int
	fmt.Println(ip, m, sl, fn == nil, ch)
	fmt.Printf("%v %+v %#v %d %s\n", ip, m, sl, sl, sl)
	fmt.Printf("%x %x\n", -255, int8(-1))
	fmt.Printf("%10.3v|%-10v|%10v\n", 3.14159, "ab", true)
	fmt.Printf("%v %v\n", &[]int{1}, &map[string]int{"a": 1})
	fmt.Printf("%v\n", []any{&P{1, 2} == nil, struct{ a any }{5}})
	fmt.Printf("%3d|%-3d|%03d\n", []int{1, 22}, []int{1, 22}, []int{1, 22})
	fmt.Printf("%s\n", []any{"a", 1, Err{2}, nil})
	fmt.Printf("%!d %%d %5%|\n", 1)
}
