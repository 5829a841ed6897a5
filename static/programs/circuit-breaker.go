//lockstep:title A circuit breaker
//lockstep:topic Services
//lockstep:about After two failures calls are refused at once; after a pause one is let through to try.
//lockstep:pair circuit-breaker-stuck
//lockstep:expect completed

package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

var errOpen = errors.New("circuit is open")

type breaker struct {
	mu       sync.Mutex
	failures int
	openedAt time.Time
}

func (b *breaker) call(f func() error) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures >= 2 && time.Since(b.openedAt) < time.Second {
		return errOpen
	}
	// Closed, or half open: let this one through.
	err := f()
	if err == nil {
		b.failures = 0
		return nil
	}
	b.failures++
	b.openedAt = time.Now()
	return err
}

func main() {
	var b breaker
	start := time.Now()
	service := func() error {
		if time.Since(start) < 900*time.Millisecond {
			return errors.New("service is down")
		}
		return nil
	}
	for range 8 {
		fmt.Println(time.Since(start), b.call(service))
		time.Sleep(300 * time.Millisecond)
	}
}
