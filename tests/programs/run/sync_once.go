package main

import (
	"errors"
	"fmt"
	"sync"
)

func main() {
	var once sync.Once
	var wg sync.WaitGroup
	for i := range 5 {
		wg.Go(func() { once.Do(func() { fmt.Println("once", i >= 0) }) })
	}
	wg.Wait()
	value := sync.OnceValue(func() int { fmt.Println("computing"); return 42 })
	fmt.Println(value(), value())
	both := sync.OnceValues(func() (string, error) { return "x", errors.New("no") })
	a, err := both()
	fmt.Println(a, err)
	f := sync.OnceFunc(func() { fmt.Println("f") })
	f()
	f()
	var o sync.Once
	func() {
		defer func() { fmt.Println("recovered", recover()) }()
		o.Do(func() { panic("inside") })
	}()
	o.Do(func() { fmt.Println("never again") })
}
