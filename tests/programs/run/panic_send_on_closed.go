// A send on a closed channel can be recovered from.
package main

import "fmt"

func main() {
	ch := make(chan int, 1)
	close(ch)
	defer func() {
		r := recover()
		err, ok := r.(error)
		fmt.Println(r, ok, err)
	}()
	ch <- 1
}
