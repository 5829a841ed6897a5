// An empty select parks its goroutine for good; the others go on.
package main

import (
	"fmt"
	"time"
)

func main() {
	go func() { select {} }()
	time.Sleep(10 * time.Millisecond)
	fmt.Println("main ends all the same")
}
