// Deferred functions still run before the program dies.
package main

import (
	"errors"
	"fmt"
)

func main() {
	defer fmt.Println("deferred")
	panic(fmt.Errorf("cannot print: %w", errors.New("out of paper")))
}
