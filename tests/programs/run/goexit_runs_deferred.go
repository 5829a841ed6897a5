// Goexit ends the goroutine and runs what it deferred.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	ch := make(chan string, 2)
	done := make(chan bool)
	go func() {
		defer close(done)
		defer func() { ch <- fmt.Sprint("deferred ", recover()) }()
		func() {
			runtime.Goexit()
		}()
		ch <- "not reached"
	}()
	<-done
	close(ch)
	for s := range ch {
		fmt.Println(s)
	}
}
