package main

import "fmt"

func main() {
	work := make(chan func() string, 2)
	go func() {
		defer close(work)
		for _, w := range []string{"fold", "cut", "glue"} {
			work <- func() string { return w + "ed" }
		}
	}()
	for f := range work {
		fmt.Println(f())
	}
}
