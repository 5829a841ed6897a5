package main

import "fmt"

func main() {
	in, out := make(chan int), make(chan int)
	done := make(chan []int)
	go func() {
		var got []int
		for v := range out {
			got = append(got, v)
		}
		done <- got
	}()
	go func() {
		for i := range 5 {
			in <- i
		}
		close(in)
	}()
	var queue []int
	source := in
	for source != nil || len(queue) > 0 {
		var target chan int
		var first int
		if len(queue) > 0 {
			target, first = out, queue[0]
		}
		select {
		case v, ok := <-source:
			if !ok {
				source = nil
				break
			}
			queue = append(queue, v)
		case target <- first:
			queue = queue[1:]
		}
	}
	close(out)
	fmt.Println(<-done)
}
