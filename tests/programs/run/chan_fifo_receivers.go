// Blocked receivers are served in the order in which they came.
package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	ch := make(chan string)
	got := make([]string, 4)
	var wg sync.WaitGroup
	for i := range got {
		wg.Add(1)
		go func() {
			defer wg.Done()
			time.Sleep(time.Duration(i+1) * 20 * time.Millisecond)
			got[i] = <-ch
		}()
	}
	time.Sleep(200 * time.Millisecond)
	for _, s := range []string{"a", "b", "c", "d"} {
		ch <- s
	}
	wg.Wait()
	fmt.Println(got)
}
