package main

import (
	"fmt"
	"sync"
)

type worker struct{ id int }

func (w worker) run(out []int, wg *sync.WaitGroup) {
	defer wg.Done()
	out[w.id] = w.id * w.id
}

func main() {
	var wg sync.WaitGroup
	out := make([]int, 5)
	w := worker{}
	for i := range out {
		w.id = i
		wg.Add(1)
		go w.run(out, &wg)
	}
	w.id = 1000
	wg.Wait()
	fmt.Println(out)
	x := 1
	ch := make(chan int)
	go func(y int) { ch <- x*10 + y }(x)
	fmt.Println(<-ch)
	go fmt.Sprint("discarded")
	f := func(a, b string) { ch <- len(a) + len(b) }
	go f("ab", "cde")
	fmt.Println(<-ch)
	defer func() { fmt.Println(recover() != nil) }()
	var g func()
	g()
}
