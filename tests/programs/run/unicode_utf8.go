package main

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

func main() {
	s := "héé世界\xff!"
	fmt.Println(len(s), utf8.RuneCountInString(s), utf8.ValidString(s))
	for i, r := range s {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println()
	r, n := utf8.DecodeRuneInString("世")
	fmt.Println(r, n, string(r), utf8.RuneLen('é'))
	fmt.Println([]rune("aé"), string([]rune{19990, 'x'}), []byte("é"))
	fmt.Println(unicode.IsLetter('é'), unicode.IsDigit('5'), unicode.IsSpace('\t'), unicode.IsUpper('a'), unicode.IsPunct('!'), string(unicode.ToUpper('é')))
	b := utf8.AppendRune(nil, '世')
	fmt.Println(b, utf8.RuneError, string(rune(65)), s[0], s[1:3])
}
