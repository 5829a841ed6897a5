// Every form of receiving case.
package main

import "fmt"

type slot struct {
	v  int
	ok bool
}

func main() {
	ch := make(chan int, 5)
	for i := 1; i <= 4; i++ {
		ch <- i
	}
	close(ch)
	var s slot
	m := map[string]int{}
	p := &s
	select {
	case s.v = <-ch:
	}
	fmt.Println(s)
	select {
	case p.v, p.ok = <-ch:
	}
	fmt.Println(s)
	select {
	case m["x"], _ = <-ch:
	}
	fmt.Println(m)
	select {
	case v, ok := <-ch:
		fmt.Println(v, ok)
	}
	select {
	case v, ok := <-ch:
		fmt.Println(v, ok)
	}
}
