// A slice that is sent shares its array with the sender.
package main

import "fmt"

func main() {
	ch := make(chan []int, 1)
	s := []int{1, 2, 3}
	ch <- s
	s[0] = 99
	fmt.Println(<-ch)
}
