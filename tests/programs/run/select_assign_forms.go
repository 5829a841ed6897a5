package main

import "fmt"

func main() {
	ch := make(chan int, 6)
	for i := range 6 {
		ch <- i + 1
	}
	var x int
	var ok bool
	arr := [3]int{}
	m := map[string]int{}
	p := &arr[2]
	select {
	case x = <-ch:
	}
	select {
	case arr[1], ok = <-ch:
	}
	select {
	case m["k"] = <-ch:
	}
	select {
	case *p = <-ch:
	}
	select {
	case y := <-ch:
		fmt.Println("y", y)
	}
	select {
	case _, ok2 := <-ch:
		fmt.Println(ok2)
	}
	fmt.Println(x, ok, arr, m)
}
