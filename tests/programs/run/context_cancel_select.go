// Done of a cancelled context is ready, for its children too.
package main

import (
	"context"
	"fmt"
)

func main() {
	parent, cancel := context.WithCancel(context.Background())
	child, stop := context.WithCancel(parent)
	defer stop()
	select {
	case <-child.Done():
		fmt.Println("done")
	default:
		fmt.Println("not yet", child.Err())
	}
	cancel()
	<-child.Done()
	fmt.Println(parent.Err(), child.Err())
	cancel()
}
