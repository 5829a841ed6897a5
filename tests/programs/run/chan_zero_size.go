package main

import "fmt"

func main() {
	ch := make(chan struct{}, 3)
	ch <- struct{}{}
	ch <- struct{}{}
	fmt.Println(len(ch))
	v, ok := <-ch
	fmt.Println(v, ok)
	close(ch)
	_, ok = <-ch
	fmt.Println(ok)
	v, ok = <-ch
	fmt.Println(v, ok)
	e := make(chan [0]int, 1)
	e <- [0]int{}
	fmt.Println(<-e)
}
