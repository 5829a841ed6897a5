// A struct is copied when it is sent.
package main

import "fmt"

type box struct{ items [2]int }

func main() {
	ch := make(chan box, 1)
	b := box{[2]int{1, 2}}
	ch <- b
	b.items[0] = 99
	got := <-ch
	fmt.Println(got, b)
}
