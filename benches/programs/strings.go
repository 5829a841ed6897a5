package main

import (
	"fmt"
	"strings"
)

func main() {
	var b strings.Builder
	for i := 0; i < 100000; i++ {
		fmt.Fprintf(&b, "%d,", i)
	}
	s := b.String()
	parts := strings.Split(s, ",")
	n := 0
	for _, p := range parts {
		n += len(strings.ToUpper(p))
	}
	t := ""
	for i := 0; i < 2000; i++ {
		t += "x"
	}
	fmt.Println(len(s), len(parts), n, len(t))
}
