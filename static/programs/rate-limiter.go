//lockstep:title A token bucket
//lockstep:topic Limits
//lockstep:about A token drops in every 100 ms, and at most two are kept. Allow takes one or refuses, Wait waits for one.
//lockstep:expect completed

package main

import (
	"fmt"
	"time"
)

type limiter struct {
	tokens chan struct{}
	stop   chan struct{}
	done   chan struct{}
}

func newLimiter(every time.Duration, burst int) *limiter {
	l := &limiter{make(chan struct{}, burst), make(chan struct{}), make(chan struct{})}
	for range burst {
		l.tokens <- struct{}{}
	}
	go l.refill(every)
	return l
}

func (l *limiter) refill(every time.Duration) {
	defer close(l.done)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			select {
			case l.tokens <- struct{}{}:
			default: // the bucket is full
			}
		case <-l.stop:
			return
		}
	}
}

func (l *limiter) Wait() { <-l.tokens }

func (l *limiter) Allow() bool {
	select {
	case <-l.tokens:
		return true
	default:
		return false
	}
}

func main() {
	l := newLimiter(100*time.Millisecond, 2)
	fmt.Println(l.Allow(), l.Allow(), l.Allow())
	start := time.Now()
	for range 3 {
		l.Wait()
	}
	fmt.Println("three more took", time.Since(start).Round(100*time.Millisecond))
	close(l.stop)
	<-l.done
}
