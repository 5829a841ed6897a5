// Elements without size still count.
package main

import "fmt"

func main() {
	ch := make(chan struct{}, 2)
	ch <- struct{}{}
	fmt.Println(len(ch), cap(ch), <-ch)
	var empty [0]int
	none := make(chan [0]int, 1)
	none <- empty
	fmt.Println(<-none, len(none))
}
