package main

import "fmt"

type box struct {
	v  int
	ok bool
}

func main() {
	ch := make(chan int, 8)
	for i := range 8 {
		ch <- i
	}
	var b box
	values := []int{0, 0}
	m := map[string]int{}
	<-ch
	x := <-ch
	values[1] = <-ch
	m["k"] = <-ch
	b.v, b.ok = <-ch
	var y, ok = <-ch
	fmt.Println(x, values, m, b, y, ok)
	fmt.Println((<-ch)+10*(<-ch), len(ch))
}
