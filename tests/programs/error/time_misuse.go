package main

import (
	"time"
)

func main() {
	n := 3
	time.Sleep(n)
	time.Sleep(n * time.Millisecond)
	time.Sleep("1s")
	time.Sleep(1.5 * time.Second)
	var t time.Timer = time.NewTimer(1)
	<-time.After
	_ = time.Now() - time.Now()
	_ = time.Now().Sub(1)
}
