// Stop and Reset say whether the timer was still going.
package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.NewTimer(time.Hour)
	fmt.Println(t.Stop(), t.Stop())
	fmt.Println(t.Reset(10 * time.Millisecond))
	<-t.C
	fmt.Println(t.Stop())
}
