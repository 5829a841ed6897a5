package main

import (
	"fmt"
	"sync"
)

type acc struct {
	mu sync.Mutex
	n  int
}

func (a *acc) add(d int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n += d
}

func (a acc2) show(s string) { fmt.Println("acc2", a, s) }

type acc2 int

type shower interface{ show(string) }

func generic[T any](wg *sync.WaitGroup, c chan<- string, v T) {
	defer wg.Done()
	c <- fmt.Sprintf("%T", v)
}

func order() (log []string) {
	defer func() { log = append(log, "first") }()
	for i := 0; i < 3; i++ {
		defer func() { log = append(log, fmt.Sprint("loop", i)) }()
	}
	func() {
		defer func() { log = append(log, "inner") }()
		log = append(log, "body")
	}()
	return append(log, "return")
}

func multi() (a int, b string, err error) {
	defer func() {
		if err != nil {
			b = "patched"
		}
	}()
	defer func() { a += 10 }()
	return 1, "x", fmt.Errorf("bad")
}

func conditional(n int) string {
	if n > 0 {
		defer fmt.Println("positive", n)
	}
	switch {
	case n > 5:
		defer func() { fmt.Println("big") }()
		return "early"
	}
	return "late"
}

func cleanup(m map[string]int, s []int, c chan int) {
	defer close(c)
	defer delete(m, "a")
	defer clear(s)
	defer copy(s[1:], s)
	defer print()
	s[0] = 9
}

func main() {
	a := &acc{}
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a.add(i)
		}()
	}
	f := a.add
	wg.Add(1)
	go func(g func(int), n int) {
		defer wg.Done()
		defer g(n)
	}(f, 100)
	wg.Wait()
	fmt.Println(a.n)
	c := make(chan string, 3)
	wg.Add(3)
	go generic(&wg, c, 1)
	go generic[string](&wg, c, "")
	go generic(&wg, c, []any{})
	wg.Wait()
	close(c)
	n := 0
	for s := range c {
		n += len(s)
	}
	fmt.Println(n, order())
	fmt.Println(multi())
	fmt.Println(conditional(3), conditional(7), conditional(-1))
	m := map[string]int{"a": 1}
	s := []int{1, 2, 3}
	ch := make(chan int)
	cleanup(m, s, ch)
	_, ok := <-ch
	fmt.Println(m, s, ok)
	var sh shower = acc2(1)
	func() {
		defer sh.show("deferred")
		defer acc2.show(5, "expr")
		v := acc2(2)
		defer v.show("value")
		v = 3
		sh = acc2(9)
	}()
	done := make(chan struct{})
	go close(done)
	<-done
	res := make(chan any)
	go func() {
		defer func() { res <- recover() }()
		defer panic("from defer")
	}()
	fmt.Println(<-res)
	var once sync.Once
	for range 3 {
		once.Do(func() { fmt.Println("once") })
	}
	go fmt.Sprint("no effect")
	func() {
		defer func() {
			defer func() { fmt.Println("second", recover()) }()
			fmt.Println("first", recover())
			panic("again")
		}()
		var p *acc
		p.n = 1
	}()
}
