// Two sleepers wake at the same instant.
package main

import (
	"fmt"
	"time"
)

func main() {
	ch := make(chan string)
	for _, s := range []string{"a", "b"} {
		go func() {
			time.Sleep(10 * time.Millisecond)
			ch <- s
		}()
	}
	fmt.Println(<-ch + <-ch)
}
