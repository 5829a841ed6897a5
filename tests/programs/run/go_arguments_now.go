// Arguments of a go statement are evaluated at once.
package main

import "fmt"

func main() {
	x := 1
	ch := make(chan int)
	go func(v int) { ch <- v }(x)
	x = 2
	fmt.Println(<-ch, x)
}
