// A buffer is first in, first out.
package main

import "fmt"

func main() {
	ch := make(chan string, 3)
	ch <- "a"
	ch <- "b"
	ch <- "c"
	fmt.Println(<-ch, <-ch, <-ch)
}
