// Whoever gets the lock first writes first.
package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	text := ""
	for _, s := range []string{"x", "y", "z"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			text += s
		}()
	}
	wg.Wait()
	fmt.Println(text)
}
