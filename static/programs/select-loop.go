//lockstep:title Messages, errors, cancel and timeout
//lockstep:topic Select
//lockstep:about One loop listens to everything that can happen and leaves for the first good reason.
//lockstep:expect completed

package main

import (
	"errors"
	"fmt"
	"time"
)

func read(lines []string, messages chan<- string, failed chan<- error, stop <-chan struct{}) {
	for _, line := range lines {
		time.Sleep(100 * time.Millisecond)
		if line == "" {
			failed <- errors.New("empty line")
			return
		}
		select {
		case messages <- line:
		case <-stop:
			return
		}
	}
}

func listen(lines ...string) string {
	messages, stop := make(chan string), make(chan struct{})
	failed := make(chan error, 1)
	defer close(stop)
	go read(lines, messages, failed, stop)
	timeout := time.After(time.Second)
	for {
		select {
		case message := <-messages:
			fmt.Println("message:", message)
			if message == "bye" {
				return "the other side left"
			}
		case err := <-failed:
			return "failed: " + err.Error()
		case <-timeout:
			return "timed out"
		}
	}
}

func main() {
	fmt.Println(listen("hello", "bye"))
	fmt.Println(listen("hello", "", "bye"))
	fmt.Println(listen("hello"))
}
