//lockstep:title A sharded map
//lockstep:topic Locks
//lockstep:about Four locks instead of one: whoever writes to different shards does not wait.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

const shards = 4

type shard struct {
	mu   sync.Mutex
	data map[string]int
}

type counts [shards]shard

func (c *counts) add(key string) {
	sum := 0
	for _, r := range key {
		sum += int(r)
	}
	s := &c[sum%shards]
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.data == nil {
		s.data = map[string]int{}
	}
	s.data[key]++
}

func read(words []string, c *counts, wg *sync.WaitGroup) {
	defer wg.Done()
	for _, word := range words {
		c.add(word)
	}
}

func main() {
	var c counts
	var wg sync.WaitGroup
	for _, words := range [][]string{{"a", "b", "c"}, {"b", "c", "d"}, {"c", "d", "e"}} {
		wg.Add(1)
		go read(words, &c, &wg)
	}
	wg.Wait()
	for i := range c {
		fmt.Println("shard", i, c[i].data)
	}
}
