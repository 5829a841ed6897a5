//lockstep:title Worker pool
//lockstep:topic Pools and pipelines
//lockstep:about Five workers take fifty jobs from one buffered queue. Cancelling the context would stop them all.
//lockstep:expect completed

package main

import (
	"context"
	"fmt"
	"sync"
)

const (
	workers  = 5
	jobCount = 50
)

type result struct{ worker, job, square int }

func worker(ctx context.Context, id int, jobs <-chan int, results chan<- result, wg *sync.WaitGroup) {
	defer wg.Done()
	for {
		select {
		case <-ctx.Done():
			return
		case job, ok := <-jobs:
			if !ok {
				return
			}
			results <- result{id, job, job * job}
		}
	}
}

func submit(jobs chan<- int) {
	for job := 1; job <= jobCount; job++ {
		jobs <- job
	}
	close(jobs)
}

func closeWhenDone(wg *sync.WaitGroup, results chan<- result) {
	wg.Wait()
	close(results)
}

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	jobs := make(chan int, 10)
	results := make(chan result, workers)

	var wg sync.WaitGroup
	for id := 1; id <= workers; id++ {
		wg.Add(1)
		go worker(ctx, id, jobs, results, &wg)
	}
	go submit(jobs)
	go closeWhenDone(&wg, results)

	sum, done := 0, 0
	for r := range results {
		sum += r.square
		done++
	}
	fmt.Println(done, "jobs, sum of squares", sum)
}
