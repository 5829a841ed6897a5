// Receives may be assigned anywhere.
package main

import "fmt"

type pair struct {
	v  int
	ok bool
}

func main() {
	ch := make(chan int, 2)
	ch <- 8
	close(ch)
	var p pair
	m := map[string]int{}
	p.v, p.ok = <-ch
	fmt.Println(p)
	m["late"], _ = <-ch
	_, p.ok = <-ch
	fmt.Println(m, p)
	var v, ok = <-ch
	fmt.Println(v, ok)
}
