package main

import "fmt"

func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			err, isError := r.(error)
			fmt.Println(isError, err)
		}
	}()
	f()
	fmt.Println("fine")
}

func main() {
	ch := make(chan int, 1)
	try(func() { ch <- 1 })
	try(func() { close(ch) })
	try(func() { ch <- 2 })
	try(func() { close(ch) })
	try(func() {
		var n chan int
		close(n)
	})
	try(func() {
		select {
		case ch <- 3:
		default:
		}
	})
}
