//lockstep:title A nil channel switches a case off
//lockstep:topic Channels
//lockstep:about A source that is exhausted is set to nil, so that its case is never chosen again.
//lockstep:expect completed

package main

import "fmt"

func send(out chan<- int, values ...int) {
	for _, v := range values {
		out <- v
	}
	close(out)
}

func main() {
	odd, even := make(chan int), make(chan int)
	go send(odd, 1, 3, 5)
	go send(even, 2, 4)
	sum := 0
	for odd != nil || even != nil {
		select {
		case v, ok := <-odd:
			if !ok {
				odd = nil
				continue
			}
			sum += v
		case v, ok := <-even:
			if !ok {
				even = nil
				continue
			}
			sum += v
		}
	}
	fmt.Println("sum", sum)
}
