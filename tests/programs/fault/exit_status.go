// The status that the program asks for; nothing deferred runs.
package main

import (
	"fmt"
	"os"
)

func main() {
	defer fmt.Println("not printed")
	fmt.Println("leaving")
	os.Exit(3)
}
