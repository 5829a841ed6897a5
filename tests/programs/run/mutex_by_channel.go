// A channel of one place is a lock.
package main

import "fmt"

func main() {
	lock := make(chan struct{}, 1)
	done := make(chan struct{})
	n := 0
	for range 20 {
		go func() {
			lock <- struct{}{}
			n++
			<-lock
			done <- struct{}{}
		}()
	}
	for range 20 {
		<-done
	}
	fmt.Println(n)
}
