//lockstep:title Waiting for goroutines
//lockstep:topic First steps
//lockstep:about Add before the go statement, Done when the work is over, Wait until the count is zero.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

func bake(cake string, wg *sync.WaitGroup) {
	defer wg.Done()
	time.Sleep(20 * time.Minute)
	fmt.Println(cake, "is ready")
}

func main() {
	var wg sync.WaitGroup
	for _, cake := range []string{"apple", "plum", "cheese"} {
		wg.Add(1)
		go bake(cake, &wg)
	}
	fmt.Println("all in the oven")
	wg.Wait()
	fmt.Println("tea time")
}
