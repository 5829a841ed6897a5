package rate

import (
	"context"
	"fmt"
	"math"
	"sync"
	"time"
)

type Limit float64

const Inf = Limit(math.MaxFloat64)

const InfDuration = time.Duration(math.MaxInt64)

func Every(interval time.Duration) Limit {
	if interval <= 0 {
		return Inf
	}
	return 1 / Limit(interval.Seconds())
}

func (l Limit) duration(tokens float64) time.Duration {
	if l <= 0 {
		return InfDuration
	}
	d := tokens / float64(l) * float64(time.Second)
	if d > float64(math.MaxInt64) {
		return InfDuration
	}
	return time.Duration(d)
}

// Limiter is a token bucket. tokens is right at the time last; it may be negative, when tokens
// of the future are reserved.
type Limiter struct {
	mu        sync.Mutex
	limit     Limit
	burst     int
	tokens    float64
	last      time.Time
	lastEvent time.Time
}

func NewLimiter(r Limit, b int) *Limiter { return &Limiter{limit: r, burst: b, tokens: float64(b)} }

func (l *Limiter) Limit() Limit {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.limit
}

func (l *Limiter) Burst() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.burst
}

func (l *Limiter) at(t time.Time) float64 {
	passed := max(t.Sub(l.last), 0)
	return min(float64(l.burst), l.tokens+float64(l.limit)*passed.Seconds())
}

func (l *Limiter) Tokens() float64 { return l.TokensAt(time.Now()) }

func (l *Limiter) TokensAt(t time.Time) float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.at(t)
}

func (l *Limiter) SetLimit(r Limit) { l.SetLimitAt(time.Now(), r) }

func (l *Limiter) SetLimitAt(t time.Time, r Limit) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens, l.last, l.limit = l.at(t), t, r
}

func (l *Limiter) SetBurst(b int) { l.SetBurstAt(time.Now(), b) }

func (l *Limiter) SetBurstAt(t time.Time, b int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens, l.last, l.burst = l.at(t), t, b
}

type Reservation struct {
	ok     bool
	lim    *Limiter
	tokens int
	at     time.Time
	limit  Limit
}

func (r *Reservation) OK() bool             { return r.ok }
func (r *Reservation) Delay() time.Duration { return r.DelayFrom(time.Now()) }

func (r *Reservation) DelayFrom(t time.Time) time.Duration {
	if !r.ok {
		return InfDuration
	}
	return max(r.at.Sub(t), 0)
}

func (r *Reservation) Cancel() { r.CancelAt(time.Now()) }

func (r *Reservation) CancelAt(t time.Time) {
	if !r.ok || r.tokens == 0 || r.at.Before(t) {
		return
	}
	l := r.lim
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.limit == Inf {
		return
	}
	later := float64(r.limit) * l.lastEvent.Sub(r.at).Seconds()
	if back := float64(r.tokens) - later; back > 0 {
		l.tokens, l.last = min(float64(l.burst), l.at(t)+back), t
	}
}

func (l *Limiter) Allow() bool                     { return l.AllowN(time.Now(), 1) }
func (l *Limiter) AllowN(t time.Time, n int) bool  { return l.reserve(t, n, 0).ok }
func (l *Limiter) Reserve() *Reservation           { return l.ReserveN(time.Now(), 1) }
func (l *Limiter) Wait(ctx context.Context) error  { return l.WaitN(ctx, 1) }

func (l *Limiter) ReserveN(t time.Time, n int) *Reservation {
	r := l.reserve(t, n, InfDuration)
	return &r
}

func (l *Limiter) WaitN(ctx context.Context, n int) error {
	l.mu.Lock()
	burst, limit := l.burst, l.limit
	l.mu.Unlock()
	if n > burst && limit != Inf {
		return fmt.Errorf("rate: Wait(n=%d) exceeds limiter's burst %d", n, burst)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	now := time.Now()
	patience := InfDuration
	if deadline, ok := ctx.Deadline(); ok {
		patience = deadline.Sub(now)
	}
	r := l.reserve(now, n, patience)
	if !r.ok {
		return fmt.Errorf("rate: Wait(n=%d) would exceed context deadline", n)
	}
	delay := r.DelayFrom(now)
	if delay == 0 {
		return nil
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		r.Cancel()
		return ctx.Err()
	}
}

func (l *Limiter) reserve(t time.Time, n int, patience time.Duration) Reservation {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.limit == Inf {
		return Reservation{ok: true, lim: l, tokens: n, at: t}
	}
	left := l.at(t) - float64(n)
	var wait time.Duration
	if left < 0 {
		wait = l.limit.duration(-left)
	}
	r := Reservation{ok: n <= l.burst && wait <= patience, lim: l, limit: l.limit}
	if r.ok {
		r.tokens, r.at = n, t.Add(wait)
		l.tokens, l.last, l.lastEvent = left, t, r.at
	}
	return r
}

type Sometimes struct {
	First    int
	Every    int
	Interval time.Duration
	mu       sync.Mutex
	count    int
	last     time.Time
}

func (s *Sometimes) Do(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.count == 0 || s.count < s.First || s.Every > 0 && s.count%s.Every == 0 ||
		s.Interval > 0 && time.Since(s.last) >= s.Interval {
		f()
		if s.Interval > 0 {
			s.last = time.Now()
		}
	}
	s.count++
}
