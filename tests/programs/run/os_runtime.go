package main

import (
	"fmt"
	"os"
	"runtime"
)

func main() {
	fmt.Println(len(os.Args), os.Getenv("LOCKSTEP_SURELY_UNSET") == "")
	_, ok := os.LookupEnv("LOCKSTEP_SURELY_UNSET")
	fmt.Println(ok, runtime.NumCPU() > 0, runtime.GOMAXPROCS(0) > 0)
	fmt.Println(runtime.NumGoroutine())
	stop := make(chan bool)
	go func() { <-stop }()
	runtime.Gosched()
	fmt.Println(runtime.NumGoroutine())
	stop <- true
	done := make(chan bool)
	go func() {
		defer close(done)
		defer fmt.Println("deferred before goexit ends")
		runtime.Goexit()
		fmt.Println("never")
	}()
	<-done
	fmt.Fprintln(os.Stderr, "to standard error")
}
