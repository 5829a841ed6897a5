//lockstep:title A done channel
//lockstep:topic First steps
//lockstep:about Closing a channel tells everyone who waits on it, however many they are.
//lockstep:expect completed

package main

import "fmt"

func runner(lane int, start <-chan struct{}, finish chan<- int) {
	<-start
	finish <- lane
}

func main() {
	start := make(chan struct{})
	finish := make(chan int)
	for lane := 1; lane <= 3; lane++ {
		go runner(lane, start, finish)
	}
	fmt.Println("ready, steady ...")
	close(start)
	fmt.Println("go! first:", <-finish, "second:", <-finish, "third:", <-finish)
}
