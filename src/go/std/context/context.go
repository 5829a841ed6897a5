package context

import (
	"errors"
	"fmt"
	"time"
)

type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

type (
	CancelFunc      func()
	CancelCauseFunc func(cause error)
)

var Canceled = errors.New("context canceled")

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

var DeadlineExceeded error = deadlineExceededError{}

// What the stage shows of a context; it knows whether and why the context has ended.
type object struct{}

const (
	background = iota
	todo
	cancel
	deadline
	value
	withoutCancel
	afterFunc
	custom
)

// create makes the object of a context of one of the kinds above. The deadline is so many
// nanoseconds from now, or -1.
func create(parent *object, kind int, deadline int64) *object

// end is one visible operation: each context that has not ended yet does so, by cancellation (1)
// or deadline (2), and its channel is closed.
func end(contexts []*object, done []chan struct{}, why int)

// read is a visible operation: 0, or why the context has ended.
func read(context *object) int

type root struct {
	object *object
	name   string
}

func (*root) Deadline() (t time.Time, ok bool) { return }
func (*root) Done() <-chan struct{}            { return nil }
func (*root) Err() error                       { return nil }
func (*root) Value(key any) any                { return nil }
func (r *root) String() string                 { return r.name }

var (
	theBackground = &root{name: "context.Background"}
	theTodo       = &root{name: "context.TODO"}
)

func Background() Context {
	if theBackground.object == nil {
		theBackground.object = create(nil, background, -1)
	}
	return theBackground
}

func TODO() Context {
	if theTodo.object == nil {
		theTodo.object = create(nil, todo, -1)
	}
	return theTodo
}

// A node is any derived context.
type node struct {
	Context
	object   *object
	kind     int
	done     chan struct{}
	cause    error
	children []*node
	up       *node // the one whose child this is
	deadline time.Time
	timer    *time.Timer
	key, val any
	run      func() // what AfterFunc was given
}

// What Value is asked for to find the nearest node that can be cancelled.
var nearest = new(int)

func objectOf(c Context) *object {
	switch c := c.(type) {
	case *root:
		return c.object
	case *node:
		return c.object
	}
	return create(nil, custom, -1)
}

func derive(parent Context, kind int, deadline int64) *node {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	n := &node{Context: parent, kind: kind}
	n.object = create(objectOf(parent), kind, deadline)
	return n
}

func (n *node) cancels() bool { return n.kind == cancel || n.kind == deadline || n.kind == afterFunc }

func (n *node) Deadline() (time.Time, bool) {
	switch n.kind {
	case deadline:
		return n.deadline, true
	case withoutCancel:
		return time.Time{}, false
	}
	return n.Context.Deadline()
}

func (n *node) Done() <-chan struct{} {
	switch {
	case n.cancels():
		return n.done
	case n.kind == withoutCancel:
		return nil
	}
	return n.Context.Done()
}

func (n *node) Err() error {
	switch {
	case n.cancels():
		switch read(n.object) {
		case 1:
			return Canceled
		case 2:
			return DeadlineExceeded
		}
		return nil
	case n.kind == withoutCancel:
		return nil
	}
	return n.Context.Err()
}

func (n *node) Value(key any) any {
	if key == nearest {
		if n.cancels() {
			return n
		}
		if n.kind == withoutCancel {
			return nil
		}
	}
	if n.kind == value && n.key == key {
		return n.val
	}
	return n.Context.Value(key)
}

func name(c Context) string {
	if s, ok := c.(fmt.Stringer); ok {
		return s.String()
	}
	return fmt.Sprintf("%T", c)
}

func text(v any) string {
	switch v := v.(type) {
	case fmt.Stringer:
		return v.String()
	case string:
		return v
	case nil:
		return "<nil>"
	}
	return fmt.Sprintf("%T", v)
}

func (n *node) String() string {
	parent := name(n.Context)
	switch n.kind {
	case cancel:
		return parent + ".WithCancel"
	case deadline:
		return parent + ".WithDeadline(" + n.deadline.String() + " [" + time.Until(n.deadline).String() + "])"
	case value:
		return parent + ".WithValue(" + text(n.key) + ", " + text(n.val) + ")"
	case withoutCancel:
		return parent + ".WithoutCancel"
	}
	return parent + ".AfterFunc"
}

// attach lets n end when its parent does.
func (n *node) attach() {
	parent := n.Context
	done := parent.Done()
	if done == nil {
		return
	}
	up, _ := parent.Value(nearest).(*node)
	if up != nil && up.done == done {
		if up.cause != nil {
			n.end(up.Err(), up.cause)
			return
		}
		n.up = up
		up.children = append(up.children, n)
		return
	}
	go func() {
		select {
		case <-done:
			n.end(parent.Err(), Cause(parent))
		case <-n.done:
		}
	}()
}

// end ends n and all below it.
func (n *node) end(err, cause error) {
	if n.cause != nil {
		return
	}
	if cause == nil {
		cause = err
	}
	n.detach()
	why := 1
	if err == DeadlineExceeded {
		why = 2
	}
	var all []*node
	n.collect(cause, &all)
	var objects []*object
	var done []chan struct{}
	for _, one := range all {
		objects = append(objects, one.object)
		done = append(done, one.done)
	}
	end(objects, done, why)
	for _, one := range all {
		if one.timer != nil {
			one.timer.Stop()
		}
		if one.run != nil {
			go one.run()
		}
	}
}

func (n *node) collect(cause error, all *[]*node) {
	if n.cause != nil {
		return
	}
	n.cause = cause
	*all = append(*all, n)
	for _, child := range n.children {
		child.up = nil
		child.collect(cause, all)
	}
	n.children = nil
}

func (n *node) detach() {
	if n.up == nil {
		return
	}
	for i, child := range n.up.children {
		if child == n {
			n.up.children = append(n.up.children[:i:i], n.up.children[i+1:]...)
			break
		}
	}
	n.up = nil
}

func withCancel(parent Context) *node {
	n := derive(parent, cancel, -1)
	n.done = make(chan struct{})
	n.attach()
	return n
}

func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	n := withCancel(parent)
	return n, func() { n.end(Canceled, nil) }
}

func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	n := withCancel(parent)
	return n, func(cause error) { n.end(Canceled, cause) }
}

func Cause(c Context) error {
	if n, ok := c.Value(nearest).(*node); ok && n != nil {
		if n.Err() == nil {
			return nil
		}
		return n.cause
	}
	return c.Err()
}

func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if at, ok := parent.Deadline(); ok && at.Before(d) {
		return WithCancel(parent)
	}
	left := time.Until(d)
	n := derive(parent, deadline, int64(left))
	n.deadline = d
	n.done = make(chan struct{})
	n.attach()
	if left <= 0 {
		n.end(DeadlineExceeded, cause)
	} else if n.cause == nil {
		n.timer = time.AfterFunc(left, func() { n.end(DeadlineExceeded, cause) })
	}
	return n, func() { n.end(Canceled, nil) }
}

func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), nil)
}

func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

func WithoutCancel(parent Context) Context { return derive(parent, withoutCancel, -1) }

// isComparable reports whether == on the value cannot panic.
func isComparable(v any) bool

func WithValue(parent Context, key, val any) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if key == nil {
		panic("nil key")
	}
	if !isComparable(key) {
		panic("key is not comparable")
	}
	n := derive(parent, value, -1)
	n.key, n.val = key, val
	return n
}

func AfterFunc(parent Context, f func()) (stop func() bool) {
	n := derive(parent, afterFunc, -1)
	n.done = make(chan struct{})
	n.run = f
	n.attach()
	return func() bool {
		if n.cause != nil {
			return false
		}
		n.run = nil
		n.end(Canceled, nil)
		return true
	}
}
