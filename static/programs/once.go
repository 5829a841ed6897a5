//lockstep:title Once
//lockstep:topic Once, pool, atomics, map
//lockstep:about However many ask at the same time, the connection is opened once, and all wait until it is.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

type database struct {
	once sync.Once
	name string
}

func (d *database) connect() {
	fmt.Println("connecting ...")
	time.Sleep(time.Second)
	d.name = "orders"
}

func (d *database) query(id int, wg *sync.WaitGroup) {
	defer wg.Done()
	d.once.Do(d.connect)
	fmt.Println("query", id, "on", d.name)
}

func main() {
	var d database
	var wg sync.WaitGroup
	for id := 1; id <= 3; id++ {
		wg.Add(1)
		go d.query(id, &wg)
	}
	wg.Wait()
}
