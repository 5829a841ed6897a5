package main

import "fmt"

func produce(out chan<- int) (err error) {
	defer close(out)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	for i := range 5 {
		if i == 3 {
			panic("three")
		}
		out <- i
	}
	return nil
}

func main() {
	out := make(chan int)
	errs := make(chan error, 1)
	go func() { errs <- produce(out) }()
	for v := range out {
		fmt.Println(v)
	}
	fmt.Println(<-errs)
}
