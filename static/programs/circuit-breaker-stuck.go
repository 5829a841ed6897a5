//lockstep:title A breaker that never half-opens
//lockstep:topic Services
//lockstep:about Refused calls count as failures and move the time of opening, so the pause is never over.
//lockstep:pair circuit-breaker
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

func (b *breaker) call(f func() error) (err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer func() {
		if err != nil { // also when it was errOpen
			b.failures++
			b.openedAt = time.Now()
		}
	}()
	if b.failures >= 2 && time.Since(b.openedAt) < time.Second {
		return errOpen
	}
	err = f()
	if err == nil {
		b.failures = 0
	}
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
