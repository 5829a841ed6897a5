package main

import (
	"fmt"
	"sync"
)

func main() {
	var wg sync.WaitGroup
	ready := make(chan struct{})
	var config string
	out := make([]string, 3)
	for i := range out {
		wg.Go(func() {
			<-ready
			out[i] = fmt.Sprintf("%d:%s", i, config)
		})
	}
	config = "v2"
	close(ready)
	wg.Wait()
	fmt.Println(out)
}
