//lockstep:title A pool whose results nobody takes
//lockstep:topic Pools and pipelines
//lockstep:about Main submits and stops before it reads. The workers wait to hand out results, so nobody takes the next job.
//lockstep:pair pool-struct
//lockstep:expect deadlock

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

func main() {
	p := NewPool(3)
	for job := 1; job <= 6; job++ {
		p.Submit(job)
	}
	p.Stop()
	sum := 0
	for result := range p.Results() {
		sum += result
	}
	fmt.Println("sum", sum)
}
