//lockstep:title A pool as a type
//lockstep:topic Pools and pipelines
//lockstep:about Submit hands work in, Results hands it out, Stop waits until all is done.
//lockstep:pair pool-struct-undrained
//lockstep:expect completed

package main

import (
	"fmt"
	"sync"
)

type Pool struct {
	jobs    chan int
	results chan int
	wg      sync.WaitGroup
}

func NewPool(workers int) *Pool {
	p := &Pool{jobs: make(chan int), results: make(chan int)}
	p.wg.Add(workers)
	for range workers {
		go p.work()
	}
	return p
}

func (p *Pool) work() {
	defer p.wg.Done()
	for job := range p.jobs {
		p.results <- job * 10
	}
}

func (p *Pool) Submit(job int)      { p.jobs <- job }
func (p *Pool) Results() <-chan int { return p.results }

func (p *Pool) Stop() {
	close(p.jobs)
	p.wg.Wait()
	close(p.results)
}

func feed(p *Pool) {
	for job := 1; job <= 6; job++ {
		p.Submit(job)
	}
	p.Stop()
}

func main() {
	p := NewPool(3)
	go feed(p)
	sum := 0
	for result := range p.Results() {
		sum += result
	}
	fmt.Println("sum", sum)
}
