//lockstep:title Reloading a configuration
//lockstep:topic Once, pool, atomics, map
//lockstep:about Readers take the pointer as it is; a reload replaces the whole configuration at once, never half of it.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync/atomic"
)

type config struct {
	host string
	port int
}

func serve(current *atomic.Pointer[config], seen chan<- config) {
	for range 3 {
		seen <- *current.Load()
	}
}

func main() {
	var current atomic.Pointer[config]
	current.Store(&config{"old.example", 80})
	seen := make(chan config)
	go serve(&current, seen)
	go serve(&current, seen)

	whole := true
	for i := range 6 {
		c := <-seen
		whole = whole && (c == config{"old.example", 80} || c == config{"new.example", 443})
		if i == 1 {
			current.Store(&config{"new.example", 443})
		}
	}
	fmt.Println("never half a configuration:", whole)
}
