//lockstep:title A pool of buffers
//lockstep:topic Once, pool, atomics, map
//lockstep:about Buffers go back to the pool to be used again. Whether one is there is never promised.
//lockstep:expect completed

package main

import (
	"fmt"
	"strings"
	"sync"
)

var buffers = sync.Pool{
	New: func() any { return new(strings.Builder) },
}

func greet(name string, wg *sync.WaitGroup, lines chan<- string) {
	defer wg.Done()
	b := buffers.Get().(*strings.Builder)
	defer buffers.Put(b)
	b.Reset() // it may have been used before
	b.WriteString("hello ")
	b.WriteString(name)
	lines <- b.String()
}

func main() {
	lines := make(chan string, 4)
	var wg sync.WaitGroup
	for _, name := range []string{"Ada", "Alan", "Edsger", "Tony"} {
		wg.Add(1)
		go greet(name, &wg, lines)
	}
	wg.Wait()
	close(lines)
	for line := range lines {
		fmt.Println(line)
	}
}
