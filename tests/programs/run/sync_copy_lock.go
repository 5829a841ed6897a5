package main

import (
	"fmt"
	"sync"
)

type guarded struct {
	mu sync.Mutex
	n  int
}

func main() {
	var a guarded
	a.n = 1
	b := a
	a.mu.Lock()
	fmt.Println(b.mu.TryLock(), a.mu.TryLock())
	list := make([]guarded, 2)
	list[0].mu.Lock()
	fmt.Println(list[1].mu.TryLock(), list[0].mu.TryLock())
	m := map[string]*guarded{"x": {}}
	m["x"].mu.Lock()
	fmt.Println(m["x"].mu.TryLock())
}
