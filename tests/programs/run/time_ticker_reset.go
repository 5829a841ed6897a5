package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.NewTicker(20 * time.Millisecond)
	start := time.Now()
	<-t.C
	t.Reset(5 * time.Millisecond)
	<-t.C
	<-t.C
	t.Stop()
	took := time.Since(start)
	fmt.Println(took >= 30*time.Millisecond, took < 60*time.Millisecond)
	select {
	case <-t.C:
		fmt.Println("stopped ticker fired")
	case <-time.After(30 * time.Millisecond):
		fmt.Println("stopped")
	}
}
