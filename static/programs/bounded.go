//lockstep:title One goroutine per task, or a pool
//lockstep:topic Pools and pipelines
//lockstep:about The same tasks twice: forty goroutines at once, then four that share the work. Watch how many are alive.
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
	"time"
)

const tasks = 40

type gauge struct {
	mu        sync.Mutex
	now, most int
}

func (g *gauge) add(delta int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now += delta
	g.most = max(g.most, g.now)
}

func run(g *gauge) {
	g.add(1)
	time.Sleep(10 * time.Millisecond)
	g.add(-1)
}

func unbounded() int {
	var g gauge
	var wg sync.WaitGroup
	for range tasks {
		wg.Go(func() { run(&g) })
	}
	wg.Wait()
	return g.most
}

func pooled(workers int) int {
	var g gauge
	var wg sync.WaitGroup
	queue := make(chan int)
	for range workers {
		wg.Go(func() {
			for range queue {
				run(&g)
			}
		})
	}
	for task := range tasks {
		queue <- task
	}
	close(queue)
	wg.Wait()
	return g.most
}

func main() {
	fmt.Println("unbounded: at most", unbounded(), "at once")
	fmt.Println("pooled: at most four:", pooled(4) <= 4)
}
