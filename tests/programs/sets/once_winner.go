package main

import (
	"fmt"
	"sync"
)

func main() {
	var once sync.Once
	var wg sync.WaitGroup
	winner := -1
	for i := range 3 {
		wg.Go(func() { once.Do(func() { winner = i }) })
	}
	wg.Wait()
	fmt.Println(winner)
}
