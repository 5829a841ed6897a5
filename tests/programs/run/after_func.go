// AfterFunc runs in its own goroutine, unless stopped.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan string)
	time.AfterFunc(20*time.Millisecond, func() { ch <- "ran" })
	stopped := time.AfterFunc(10*time.Millisecond, func() { ch <- "must not run" })
	fmt.Println(stopped.Stop())
	fmt.Println(<-ch)
	select {
	case s := <-ch:
		fmt.Println(s)
	case <-time.After(40 * time.Millisecond):
		fmt.Println("quiet")
	}
}
