package singleflight

import "sync"

type Result struct {
	Val    any
	Err    error
	Shared bool
}

type call struct {
	done    sync.WaitGroup
	val     any
	err     error
	dups    int
	waiting []chan<- Result
}

type Group struct {
	mu    sync.Mutex
	calls map[string]*call
}

// join gives the call under way for key, or a new one that the caller must run.
func (g *Group) join(key string, ch chan<- Result) (c *call, first bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.calls == nil {
		g.calls = make(map[string]*call)
	}
	c, ok := g.calls[key]
	if ok {
		c.dups++
	} else {
		c = new(call)
		c.done.Add(1)
		g.calls[key] = c
	}
	if ch != nil {
		c.waiting = append(c.waiting, ch)
	}
	return c, !ok
}

func (g *Group) run(c *call, key string, fn func() (any, error)) {
	defer func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		c.done.Done()
		if g.calls[key] == c {
			delete(g.calls, key)
		}
		for _, ch := range c.waiting {
			ch <- Result{c.val, c.err, c.dups > 0}
		}
	}()
	c.val, c.err = fn()
}

func (g *Group) Do(key string, fn func() (any, error)) (v any, err error, shared bool) {
	c, first := g.join(key, nil)
	if !first {
		c.done.Wait()
		return c.val, c.err, true
	}
	g.run(c, key, fn)
	return c.val, c.err, c.dups > 0
}

func (g *Group) DoChan(key string, fn func() (any, error)) <-chan Result {
	ch := make(chan Result, 1)
	if c, first := g.join(key, ch); first {
		go g.run(c, key, fn)
	}
	return ch
}

func (g *Group) Forget(key string) {
	g.mu.Lock()
	delete(g.calls, key)
	g.mu.Unlock()
}
