package main

import (
	"fmt"
	"strconv"
)

func main() {
	n, err := strconv.Atoi("123")
	fmt.Println(n, err)
	_, err = strconv.Atoi("12x")
	fmt.Println(err)
	_, err = strconv.ParseInt("300", 10, 8)
	fmt.Println(err)
	u, err := strconv.ParseUint("ff", 16, 64)
	fmt.Println(u, err)
	f, err := strconv.ParseFloat("2.5e3", 64)
	fmt.Println(f, err)
	b, err := strconv.ParseBool("true")
	fmt.Println(b, err)
	_, err = strconv.ParseBool("maybe")
	fmt.Println(err)
	fmt.Println(strconv.Itoa(-45)+strconv.FormatInt(255, 2), strconv.FormatFloat(1.5, 'f', 3, 64), strconv.FormatBool(false))
	fmt.Println(strconv.Quote("hi\t\"x\" é \x00"), strconv.QuoteRune('☺'))
	q, err := strconv.Unquote(`"a\nb"`)
	fmt.Printf("%q %v\n", q, err)
	v, err := strconv.ParseInt("0x1F", 0, 64)
	fmt.Println(v, err)
	fmt.Println(string(strconv.AppendInt([]byte("n="), 5, 10)))
}
