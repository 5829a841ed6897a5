package semaphore

import (
	"container/list"
	"context"
	"sync"
)

type waiter struct {
	n     int64
	ready chan struct{}
}

// Weighted serves those who wait in their order: a small request does not overtake a large one.
type Weighted struct {
	size, held int64
	mu         sync.Mutex
	waiters    list.List
}

func NewWeighted(n int64) *Weighted { return &Weighted{size: n} }

func (s *Weighted) Acquire(ctx context.Context, n int64) error {
	done := ctx.Done()
	s.mu.Lock()
	select {
	case <-done:
		s.mu.Unlock()
		return ctx.Err()
	default:
	}
	if s.fits(n) {
		s.held += n
		s.mu.Unlock()
		return nil
	}
	if n > s.size {
		s.mu.Unlock()
		<-done
		return ctx.Err()
	}
	w := waiter{n, make(chan struct{})}
	place := s.waiters.PushBack(w)
	s.mu.Unlock()
	select {
	case <-w.ready:
		select {
		case <-done:
			s.Release(n)
			return ctx.Err()
		default:
			return nil
		}
	case <-done:
		s.mu.Lock()
		defer s.mu.Unlock()
		select {
		case <-w.ready:
			s.held -= n
		default:
			s.waiters.Remove(place)
		}
		s.serve()
		return ctx.Err()
	}
}

func (s *Weighted) TryAcquire(n int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	ok := s.fits(n)
	if ok {
		s.held += n
	}
	return ok
}

func (s *Weighted) Release(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held -= n
	if s.held < 0 {
		panic("semaphore: released more than held")
	}
	s.serve()
}

func (s *Weighted) fits(n int64) bool { return s.size-s.held >= n && s.waiters.Len() == 0 }

func (s *Weighted) serve() {
	for e := s.waiters.Front(); e != nil; e = s.waiters.Front() {
		w := e.Value.(waiter)
		if s.size-s.held < w.n {
			return
		}
		s.held += w.n
		s.waiters.Remove(e)
		close(w.ready)
	}
}
