// Range without a variable counts.
package main

import "fmt"

func main() {
	ch := make(chan struct{}, 3)
	ch <- struct{}{}
	ch <- struct{}{}
	close(ch)
	n := 0
	for range ch {
		n++
	}
	fmt.Println(n)
}
