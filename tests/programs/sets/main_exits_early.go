package main

import "fmt"

func main() {
	done := make(chan bool, 1)
	go func() {
		fmt.Println("worker")
		done <- true
	}()
	select {
	case <-done:
		fmt.Println("waited")
	default:
		fmt.Println("did not wait")
	}
}
