//lockstep:title Errors from many goroutines
//lockstep:topic Services
//lockstep:about Each error says which task it came from; what it wraps can still be asked for.
//lockstep:expect completed

package main

import (
	"errors"
	"fmt"
)

var errNotFound = errors.New("not found")

type taskError struct {
	task int
	err  error
}

func (e *taskError) Error() string { return fmt.Sprintf("task %d: %v", e.task, e.err) }
func (e *taskError) Unwrap() error { return e.err }

func run(task int, failed chan<- error) {
	switch {
	case task%3 == 0:
		failed <- &taskError{task, fmt.Errorf("open: %w", errNotFound)}
	case task%2 == 0:
		failed <- &taskError{task, errors.New("out of ink")}
	default:
		failed <- nil
	}
}

func main() {
	failed := make(chan error)
	for task := 1; task <= 4; task++ {
		go run(task, failed)
	}
	var all []error
	for range 4 {
		all = append(all, <-failed)
	}
	err := errors.Join(all...)
	var first *taskError
	fmt.Println("not found:", errors.Is(err, errNotFound), "- a task's:", errors.As(err, &first))
}
