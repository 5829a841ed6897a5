//lockstep:title A goroutine that owns a map
//lockstep:topic First steps
//lockstep:about Only the manager touches the map; the others ask it. Memory is shared by communicating.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type visit struct {
	page  string
	total chan int
}

func manage(visits <-chan visit) {
	counts := map[string]int{}
	for v := range visits {
		counts[v.page]++
		v.total <- counts[v.page]
	}
}

func browse(page string, visits chan<- visit, wg *sync.WaitGroup) {
	defer wg.Done()
	for range 2 {
		total := make(chan int)
		visits <- visit{page, total}
		fmt.Println(page, "visit number", <-total)
	}
}

func main() {
	visits := make(chan visit)
	go manage(visits)
	var wg sync.WaitGroup
	for _, page := range []string{"home", "home", "shop"} {
		wg.Add(1)
		go browse(page, visits, &wg)
	}
	wg.Wait()
	close(visits)
}
