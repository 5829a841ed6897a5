package main

import "fmt"

type box struct {
	v  int
	m  map[string]int
	ch chan int
	a  [3]int
}

func pick(name string, c chan int) chan int { fmt.Print(name, " "); return c }
func val(name string, v int) int              { fmt.Print(name, " "); return v }

func main() {
	c := make(chan int, 4)
	b := box{m: map[string]int{}, ch: c}
	i := 0
	select {
	case pick("c1", c) <- val("v1", 7):
		fmt.Println("sent")
	case x := <-pick("c2", nil):
		fmt.Println("received", x)
	}
	select {
	case b.m["k"] = <-c:
	}
	c <- 1
	c <- 2
	var ok bool
	select {
	case b.a[i+1], ok = <-b.ch:
		i++
	}
	select {
	case b.v = <-c:
	default:
		fmt.Println("never")
	}
	fmt.Println(b.m, b.a, b.v, ok, i)
	select {
	case v, ok := <-c:
		fmt.Println(v, ok)
	default:
		fmt.Println("empty")
	}
	close(c)
	for n := 0; ; n++ {
		select {
		case v, ok := <-c:
			if !ok && n < 2 {
				continue
			}
			fmt.Println("closed", v, ok, n)
		}
		break
	}
	type msg struct {
		id   int
		body string
		back chan<- string
	}
	req, rep := make(chan msg), make(chan string, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case m, more := <-req:
				if !more {
					return
				}
				m.back <- fmt.Sprint(m.id, m.body)
			}
		}
	}()
	for k := range 2 {
		select {
		case req <- msg{k, "hello", rep}:
		}
		fmt.Println(<-rep)
	}
	close(req)
	<-done
	var fs []func() int
	in := make(chan int)
	go func() {
		for k := range 3 {
			in <- k * k
		}
		close(in)
	}()
loop:
	for {
		select {
		case v, ok := <-in:
			if !ok {
				break loop
			}
			fs = append(fs, func() int { v++; return v })
		}
	}
	for _, f := range fs {
		fmt.Print(f(), f(), " ")
	}
	fmt.Println()
	out := make(chan [2]string, 1)
	select {
	case out <- [2]string{"x", "y"}:
	}
	select {
	case p := <-out:
		p[0] += p[1]
		fmt.Println(p)
	}
	errs := make(chan error, 1)
	select {
	case errs <- nil:
	}
	select {
	case err := <-errs:
		fmt.Println(err == nil)
	}
	ifc := make(chan any, 2)
	select {
	case ifc <- 5:
	}
	ifc <- "s"
	select {
	case x := <-ifc:
		fmt.Printf("%T ", x)
	}
	fmt.Println(<-ifc)
	select {
	default:
	}
	ret := func() string {
		select {
		case <-done:
			return "returned from select"
		}
	}
	fmt.Println(ret())
	func() {
		defer func() { fmt.Println(recover()) }()
		select {
		case c <- 1:
		default:
		}
	}()
}
