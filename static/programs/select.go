//lockstep:title Select: timeout, default, priority
//lockstep:topic Select
//lockstep:about The same statement waits with a limit, does not wait at all, and prefers one channel to another.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

func answer(after time.Duration, text string, out chan<- string) {
	time.Sleep(after)
	out <- text
}

// withTimeout waits for an answer, but not for ever.
func withTimeout(answers <-chan string) {
	select {
	case text := <-answers:
		fmt.Println("answer:", text)
	case <-time.After(time.Second):
		fmt.Println("answer: none within a second")
	}
}

// withoutWaiting takes a message only if one is there.
func withoutWaiting(messages <-chan string) {
	select {
	case text := <-messages:
		fmt.Println("message:", text)
	default:
		fmt.Println("message: none yet")
	}
}

// withPriority takes an urgent message before a normal one: a select
// alone would choose either.
func withPriority(urgent, normal <-chan string) {
	select {
	case text := <-urgent:
		fmt.Println("urgent:", text)
		return
	default:
	}
	select {
	case text := <-urgent:
		fmt.Println("urgent:", text)
	case text := <-normal:
		fmt.Println("normal:", text)
	}
}

func main() {
	// Room for one: a late answer does not keep its goroutine for ever.
	quick, slow := make(chan string, 1), make(chan string, 1)
	go answer(100*time.Millisecond, "quick", quick)
	go answer(5*time.Second, "slow", slow)
	withTimeout(quick)
	withTimeout(slow)

	messages := make(chan string, 1)
	withoutWaiting(messages)
	messages <- "hello"
	withoutWaiting(messages)

	urgent, normal := make(chan string, 1), make(chan string, 1)
	normal <- "tea"
	urgent <- "fire"
	withPriority(urgent, normal)
	withPriority(urgent, normal)
}
