//lockstep:title Zero jobs from a closed queue
//lockstep:topic Pools and pipelines
//lockstep:about The worker does not look at ok: after the close it receives zeros, and divides by one of them.
//lockstep:pair worker-pool
//lockstep:expect panic "integer divide by zero"

package main

import "fmt"

func worker(jobs <-chan int, results chan<- int) {
	for {
		job := <-jobs // job, ok := <-jobs would tell
		results <- 100 / job
	}
}

func main() {
	jobs, results := make(chan int, 4), make(chan int)
	go worker(jobs, results)
	for _, n := range []int{1, 2, 5} {
		jobs <- n
	}
	close(jobs)
	for result := range results {
		fmt.Println(result)
	}
}
