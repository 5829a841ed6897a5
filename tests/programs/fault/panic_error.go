// A panic with an error prints its text.
package main

import (
	"errors"
	"fmt"
)

func main() {
	fmt.Println("working")
	panic(errors.New("out of paper"))
}
