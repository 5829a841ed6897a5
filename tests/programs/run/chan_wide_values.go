// Values of several words arrive whole.
package main

import "fmt"

type record struct {
	name  string
	tags  []string
	score float64
	next  *record
}

func main() {
	ch := make(chan record)
	go func() {
		ch <- record{"a", []string{"x", "y"}, 1.5, nil}
		ch <- record{name: "b", next: &record{name: "c"}}
		close(ch)
	}()
	for r := range ch {
		fmt.Println(r.name, r.tags, r.score, r.next == nil)
	}
}
