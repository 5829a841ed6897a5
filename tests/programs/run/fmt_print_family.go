package main

import (
	"fmt"
	"os"
)

type t struct {
	a any
	b []string
	c *int
	d map[string]t
}

func main() {
	fmt.Print("a", "b", 1, 2, true, "c", 3.5, nil, "\n")
	fmt.Print(1, 2, "\n")
	fmt.Println("a", 1, nil, []string{"x", "y"}, 'z', 2.50, 1e100, float32(0.1))
	s := fmt.Sprint("x", 1, 2, "y") + fmt.Sprintln("end", 1) + fmt.Sprintf("%03d", 7)
	fmt.Println(s, len(s))
	n, err := fmt.Fprintln(os.Stdout, "to stdout", 1)
	fmt.Println(n, err)
	fmt.Fprintf(os.Stdout, "%v %v\n", t{a: 1, b: []string{"q"}}, t{d: map[string]t{"k": {a: "v"}}})
	fmt.Println(string(fmt.Append(nil, "app", 1)), string(fmt.Appendf([]byte("<"), "%d>", 3)))
}
