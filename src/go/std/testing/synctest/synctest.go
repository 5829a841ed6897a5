package synctest

import "testing"

// idle returns when no other goroutine can run without the clock going on.
func idle()

// enter lets the clock show the start of the year 2000; leave puts it back.
func enter() (before int64)
func leave(before int64)

func Wait() { idle() }

func Test(t *testing.T, f func(*testing.T)) {
	t.Helper()
	defer leave(enter())
	f(t)
	idle()
}
