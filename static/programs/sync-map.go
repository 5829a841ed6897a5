//lockstep:title A map for many goroutines
//lockstep:topic Once, pool, atomics, map
//lockstep:about LoadOrStore lets exactly one of them be the first; the others get what it stored.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

func register(names *sync.Map, name string, id int, first chan<- bool) {
	_, loaded := names.LoadOrStore(name, id)
	first <- !loaded
}

func main() {
	var names sync.Map
	first := make(chan bool)
	for id := 1; id <= 3; id++ {
		go register(&names, "ada", id, first)
	}
	winners := 0
	for range 3 {
		if <-first {
			winners++
		}
	}
	fmt.Println("registered by", winners)

	names.Store("alan", 4)
	names.Range(func(key, value any) bool {
		fmt.Println("known:", key)
		return key != "nobody"
	})
	names.Delete("ada")
	_, ok := names.Load("ada")
	fmt.Println("ada is there:", ok)
}
