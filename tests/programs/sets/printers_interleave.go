package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	for _, s := range []string{"x", "y"} {
		wg.Go(func() { fmt.Println(s) })
	}
	wg.Wait()
}
