package signal

import (
	"context"
	"os"
	"strings"
	"syscall"
	"time"
)

// directives are lines such as
//
//	SIGINT after 2s
func directives() string

func init() {
	for line := range strings.Lines(directives()) {
		name, after, _ := strings.Cut(strings.TrimSpace(line), " after ")
		delay, _ := time.ParseDuration(after)
		if s, ok := map[string]syscall.Signal{
			"SIGHUP": syscall.SIGHUP, "SIGINT": syscall.SIGINT, "SIGQUIT": syscall.SIGQUIT,
			"SIGUSR1": syscall.SIGUSR1, "SIGUSR2": syscall.SIGUSR2, "SIGTERM": syscall.SIGTERM,
		}[name]; ok {
			time.AfterFunc(delay, func() { syscall.Kill(syscall.Getpid(), s) })
		}
	}
}

// notify lets the signals (all, if there are none) be sent on c, without blocking; signals that
// nobody asked for end the program. stop undoes it; ignore and reset are for all channels.
func notify(c chan<- os.Signal, signals []int)
func stop(c chan<- os.Signal)
func ignore(signals []int)
func reset(signals []int)

func numbers(signals []os.Signal) []int {
	var all []int
	for _, s := range signals {
		if s, ok := s.(syscall.Signal); ok {
			all = append(all, int(s))
		}
	}
	return all
}

func Notify(c chan<- os.Signal, sig ...os.Signal) {
	if c == nil {
		panic("os/signal: Notify using nil channel")
	}
	notify(c, numbers(sig))
}

func Stop(c chan<- os.Signal)   { stop(c) }
func Ignore(sig ...os.Signal)   { ignore(numbers(sig)) }
func Reset(sig ...os.Signal)    { reset(numbers(sig)) }

// received makes the value that is sent for a signal.
func received(signal int) os.Signal { return syscall.Signal(signal) }

type signalError struct{ s os.Signal }

func (e signalError) Error() string { return e.s.String() + " signal received" }

func NotifyContext(parent context.Context, signals ...os.Signal) (ctx context.Context, stopped context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(parent)
	c := make(chan os.Signal, 1)
	Notify(c, signals...)
	if ctx.Err() == nil {
		go func() {
			select {
			case s := <-c:
				cancel(signalError{s})
			case <-ctx.Done():
			}
		}()
	}
	return ctx, func() {
		cancel(nil)
		Stop(c)
	}
}
