package main

import (
	"fmt"
	"strings"
)

type str string
type bytes []byte

func (s str) up() str { return str(strings.ToUpper(string(s))) }

func main() {
	s := "héllo, 世界"
	fmt.Println(len(s), s[1], s[0:1]+s[3:5], s[7:], []byte(s[:3]), []rune(s)[7], string([]rune(s)[7:]))
	b := []byte("abc")
	t := string(b)
	b[0] = 'X'
	fmt.Println(t, string(b), string(bytes{104, 105}), str("up").up())
	c := append([]byte("x"), "yz"...)
	n := copy(c[1:], "QRST")
	fmt.Println(string(c), n, string(rune(0x4e16)), string(rune(-1)), len(string(rune(0x10ffff+1))))
	var sb strings.Builder
	for i := 0; i < 3; i++ {
		fmt.Fprintf(&sb, "%d,", i)
	}
	sb.WriteByte('!')
	fmt.Println(sb.String(), sb.Len())
	a, z := "apple", "zoo"
	fmt.Println(a < z, a <= a, a > z, a == "app"+"le", a != z, "" < a, "ab" < "abc")
	x := ""
	for i := 0; i < 5; i++ {
		x += string(rune('a'+i)) + "-"
	}
	x = x[:len(x)-1]
	fmt.Println(x, strings.Split(x, "-"), len(strings.Split(x, "")))
	y := a + ":" + z + ":" + x
	fmt.Println(y, strings.Count(y, ":"), strings.Index(y, "zoo"), strings.Fields(" a  b "))
	for i, r := range "a\x80b" {
		fmt.Print(i, " ", r, ";")
	}
	fmt.Println()
	for i := range "日本" {
		fmt.Print(i, " ")
	}
	raw := `raw \n "x"
line`
	fmt.Println(raw, len(raw), "\u00e9\t\x41\101\"")
	m := map[string]int{}
	for _, w := range strings.Fields("the cat the dog the end") {
		m[w]++
	}
	fmt.Println(m["the"], m["dog"], m["none"], len(m), m)
	fmt.Printf("%q %x %X %s %v %08.3f|%-6d|%6d|%+d|%t|%c|%U\n", "hi\n", "hi", []byte("hi"), []string{"a"}, []byte("b"), 3.14159, 42, 42, 42, true, 'x', 'x')
	buf := make([]byte, 0, 4)
	buf = append(buf, 'a', 'b')
	alias := append(buf, 'c')
	_ = append(buf, 'd')
	fmt.Println(string(alias), string(buf), cap(buf))
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'l' {
			return -1
		}
		return r + 1
	}, "hello"), strings.Repeat("ab", 3), strings.TrimLeft("xxhixx", "x"), strings.Replace("aaa", "a", "b", 2))
}
