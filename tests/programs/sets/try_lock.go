package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	done := make(chan bool)
	go func() {
		mu.Lock()
		mu.Unlock()
		done <- true
	}()
	got := mu.TryLock()
	if got {
		mu.Unlock()
	}
	<-done
	fmt.Println(got)
}
