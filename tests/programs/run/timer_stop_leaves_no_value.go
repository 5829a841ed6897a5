// After Stop or Reset no stale time is received.
package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.NewTimer(5 * time.Millisecond)
	time.Sleep(30 * time.Millisecond)
	fmt.Println(t.Stop(), len(t.C))
	t.Reset(5 * time.Millisecond)
	time.Sleep(30 * time.Millisecond)
	t.Reset(time.Hour)
	select {
	case <-t.C:
		fmt.Println("stale")
	default:
		fmt.Println("nothing stale")
	}
}
