// A goroutine may be a method, a method value or a bound interface method.
package main

import "fmt"

type adder struct {
	by int
	to chan int
}

func (a adder) add(n int) { a.to <- n + a.by }

type adds interface{ add(int) }

func main() {
	to := make(chan int)
	a := adder{10, to}
	go a.add(1)
	fmt.Println(<-to)
	f := a.add
	a.by = 99
	go f(2)
	fmt.Println(<-to)
	var i adds = a
	go i.add(3)
	fmt.Println(<-to)
}
