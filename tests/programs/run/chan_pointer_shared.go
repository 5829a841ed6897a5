package main

import "fmt"

type job struct{ result int }

func main() {
	jobs := make(chan *job)
	done := make(chan struct{})
	go func() {
		for j := range jobs {
			j.result *= 2
		}
		close(done)
	}()
	list := []*job{{1}, {2}, {3}}
	for _, j := range list {
		jobs <- j
	}
	close(jobs)
	<-done
	for _, j := range list {
		fmt.Println(j.result)
	}
}
