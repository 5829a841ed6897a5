package main

import "fmt"

type get struct {
	key   string
	reply chan int
}

type set struct {
	key   string
	value int
}

func manager(gets <-chan get, sets <-chan set, done <-chan struct{}) {
	state := map[string]int{}
	for {
		select {
		case g := <-gets:
			g.reply <- state[g.key]
		case s := <-sets:
			state[s.key] = s.value
		case <-done:
			return
		}
	}
}

func main() {
	gets, sets, done := make(chan get), make(chan set), make(chan struct{})
	go manager(gets, sets, done)
	sets <- set{"a", 1}
	sets <- set{"b", 2}
	sets <- set{"a", 10}
	for _, k := range []string{"a", "b", "c"} {
		reply := make(chan int)
		gets <- get{k, reply}
		fmt.Println(k, <-reply)
	}
	close(done)
}
