// Two workers share three jobs in every way.
package main

import (
	"fmt"
	"sync"
)

func main() {
	jobs := make(chan int)
	var wg sync.WaitGroup
	var mu sync.Mutex
	who := [3]string{}
	for _, name := range []string{"p", "q"} {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				mu.Lock()
				who[j] = name
				mu.Unlock()
			}
		}()
	}
	for j := range 3 {
		jobs <- j
	}
	close(jobs)
	wg.Wait()
	fmt.Println(who[0] + who[1] + who[2])
}
