// A nil error can be sent.
package main

import (
	"errors"
	"fmt"
)

func main() {
	ch := make(chan error, 2)
	ch <- nil
	ch <- errors.New("broken")
	fmt.Println(<-ch, <-ch)
}
