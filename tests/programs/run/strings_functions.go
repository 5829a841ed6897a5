package main

import (
	"fmt"
	"strings"
	"unicode"
)

func main() {
	s := "  The quick, brown fox; the lazy dog  "
	t := strings.TrimSpace(s)
	fmt.Printf("%q\n", t)
	fmt.Println(strings.Fields(t), len(strings.Fields(t)))
	fmt.Printf("%q\n", strings.Split("a,b,,c", ","))
	fmt.Printf("%q %q\n", strings.SplitN("a,b,c", ",", 2), strings.SplitAfter("a,b", ","))
	fmt.Println(strings.Contains(t, "fox"), strings.ContainsRune(t, 'z'), strings.ContainsAny(t, "xyz"), strings.HasPrefix(t, "The"), strings.HasSuffix(t, "cat"))
	fmt.Println(strings.Index(t, "o"), strings.LastIndex(t, "o"), strings.IndexByte(t, 'q'), strings.IndexAny(t, ",;"), strings.IndexFunc(t, unicode.IsUpper), strings.Index(t, "zebra"))
	fmt.Println(strings.Replace("oink oink oink", "k", "ky", 2), strings.ReplaceAll("oink oink", "oink", "moo"))
	fmt.Println(strings.ToUpper(t), strings.ToLower(t), strings.Title("x"))
	fmt.Println(strings.Repeat("ab", 3)+strings.Join([]string{"x", "y", "z"}, "-"), strings.Count("cheese", "e"), strings.Count("abc", ""))
	fmt.Println(strings.Trim("xxhixx", "x"), strings.TrimLeft("xxhi", "x"), strings.TrimRight("hixx", "x"), strings.TrimPrefix("prefix-a", "prefix-"), strings.TrimSuffix("a.go", ".go"))
	before, after, found := strings.Cut("key=value", "=")
	fmt.Println(before, after, found)
	fmt.Println(strings.Map(func(r rune) rune {
		if r == 'a' {
			return 'A'
		}
		if r == 'x' {
			return -1
		}
		return r
	}, "banxana"), strings.EqualFold("Go", "GO"), strings.Compare("a", "b"))
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	fmt.Println(r.Replace("<b>"))
	var b strings.Builder
	for i := range 3 {
		fmt.Fprintf(&b, "%d,", i)
	}
	b.WriteByte('!')
	b.WriteRune('é')
	b.WriteString("end")
	fmt.Println(b.String(), b.Len())
	for part := range strings.SplitSeq("a b c", " ") {
		fmt.Print(part, ";")
	}
	fmt.Println()
	fmt.Println(strings.FieldsFunc("a1b2c", unicode.IsDigit), strings.TrimFunc("12ab3", unicode.IsDigit))
}
