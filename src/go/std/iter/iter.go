package iter

type Seq[V any] func(yield func(V) bool)

type Seq2[K, V any] func(yield func(K, V) bool)

// A coroutine runs f on a goroutine of its own, in turns with the caller of resume.
type coroutine struct {
	go_, back chan bool
	started   bool
	done      bool
	panicked  any
	failed    bool
}

func (c *coroutine) resume(run func(), on bool) {
	if !c.started {
		c.started = true
		c.go_, c.back = make(chan bool), make(chan bool)
		go func() {
			defer func() {
				if c.failed {
					c.panicked = recover()
				}
				c.done = true
				c.back <- true
			}()
			c.failed = true
			if <-c.go_ {
				run()
			}
			c.failed = false
		}()
	}
	c.go_ <- on
	<-c.back
	if c.failed && c.done {
		c.failed = false
		panic(c.panicked)
	}
}

// pause gives the turn back, and reports whether to go on.
func (c *coroutine) pause() bool {
	c.back <- true
	return <-c.go_
}

func (c *coroutine) stop() {
	if !c.started {
		c.done = true
	}
	if !c.done {
		c.resume(nil, false)
	}
}

func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	var c coroutine
	var k K
	var v V
	run := func() {
		seq(func(k1 K, v1 V) bool {
			k, v = k1, v1
			return c.pause()
		})
	}
	next = func() (k1 K, v1 V, ok bool) {
		if c.done {
			return
		}
		c.resume(run, true)
		if c.done {
			return
		}
		return k, v, true
	}
	return next, c.stop
}

func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	next2, stop := Pull2(func(yield func(struct{}, V) bool) {
		seq(func(v V) bool { return yield(struct{}{}, v) })
	})
	return func() (V, bool) {
		_, v, ok := next2()
		return v, ok
	}, stop
}
