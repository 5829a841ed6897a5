package main

import "fmt"

func count(stop <-chan struct{}) <-chan int {
	out := make(chan int)
	go func() {
		defer close(out)
		for i := 0; ; i++ {
			select {
			case out <- i:
			case <-stop:
				return
			}
		}
	}()
	return out
}

func main() {
	stop := make(chan struct{})
	numbers := count(stop)
	for v := range numbers {
		fmt.Println(v)
		if v == 3 {
			break
		}
	}
	close(stop)
	for range numbers {
	}
	_, ok := <-numbers
	fmt.Println("open:", ok)
}
