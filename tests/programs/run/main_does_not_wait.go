// What other goroutines would still do is not done.
package main

import (
	"fmt"
	"time"
)

func main() {
	go func() {
		time.Sleep(time.Second)
		fmt.Println("never printed")
	}()
	fmt.Println("main is done")
}
