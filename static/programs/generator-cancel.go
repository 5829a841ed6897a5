//lockstep:title An endless generator, stopped
//lockstep:topic Channels
//lockstep:about The generator would go on for ever; closing stop lets it end instead of leaving it parked.
//lockstep:pair generator-leak
//lockstep:expect completed

package main

import "fmt"

func naturals(stop <-chan struct{}) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for n := 1; ; n++ {
			select {
			case out <- n:
			case <-stop:
				return
			}
		}
	}()
	return out
}

func main() {
	stop := make(chan struct{})
	numbers := naturals(stop)
	sum := 0
	for n := range numbers {
		sum += n
		if sum > 20 {
			break
		}
	}
	close(stop)
	fmt.Println("sum", sum)
}
