package main

import (
	"fmt"
)

func worker(id int, jobs <-chan int, results chan<- int) {
	for j := range jobs {
		fmt.Println(id, j)
		results <- fmt.Sprint(j)
		x := <-results
	}
	close(jobs)
}

func main() {
	jobs := make(chan int, 3)
	results := make(chan string)
	for w := 0; w < 3; w++ {
		go worker(w, jobs)
	}
	for _, j := range 5 {
		jobs <- j
	}
	close(jobs)
	for r := range results {
		sum += r
	}
}
