package sync

// A field called native holds an object of the machine, made when first needed.
type object struct{}

type Locker interface {
	Lock()
	Unlock()
}

type Mutex struct{ native *object }

func (m *Mutex) Lock()
func (m *Mutex) Unlock()
func (m *Mutex) TryLock() bool

type RWMutex struct{ native *object }

func (rw *RWMutex) Lock()
func (rw *RWMutex) Unlock()
func (rw *RWMutex) RLock()
func (rw *RWMutex) RUnlock()
func (rw *RWMutex) TryLock() bool
func (rw *RWMutex) TryRLock() bool

type rlocker RWMutex

func (r *rlocker) Lock()   { (*RWMutex)(r).RLock() }
func (r *rlocker) Unlock() { (*RWMutex)(r).RUnlock() }

func (rw *RWMutex) RLocker() Locker { return (*rlocker)(rw) }

type WaitGroup struct{ native *object }

func (wg *WaitGroup) Add(delta int)
func (wg *WaitGroup) Done()
func (wg *WaitGroup) Wait()

func (wg *WaitGroup) Go(f func()) {
	wg.Add(1)
	go func() {
		defer func() {
			if x := recover(); x != nil {
				panic(x)
			}
			wg.Done()
		}()
		f()
	}()
}

type Once struct{ native *object }

// begin reports whether the caller is the first; all others wait until the first has finished.
func (o *Once) begin() bool
func (o *Once) finish()

func (o *Once) Do(f func()) {
	if o.begin() {
		defer o.finish()
		f()
	}
}

func OnceFunc(f func()) func() {
	once := onceValue(func() struct{} {
		f()
		return struct{}{}
	})
	return func() { once() }
}

func OnceValue[T any](f func() T) func() T { return onceValue(f) }

func onceValue[T any](f func() T) func() T {
	var once Once
	var result T
	var valid bool
	var panicked any
	run := func() {
		defer func() {
			f = nil
			if !valid {
				panicked = recover()
				panic(panicked)
			}
		}()
		result = f()
		valid = true
	}
	return func() T {
		once.Do(run)
		if !valid {
			panic(panicked)
		}
		return result
	}
}

func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	type pair struct {
		a T1
		b T2
	}
	once := onceValue(func() pair {
		a, b := f()
		return pair{a, b}
	})
	return func() (T1, T2) {
		both := once()
		return both.a, both.b
	}
}

type Cond struct {
	native *object
	L      Locker
}

func NewCond(l Locker) *Cond { return &Cond{L: l} }

// join enters the caller into the list of those who wait; wait parks it until it is woken, or not
// at all if that has happened since.
func (c *Cond) join() int
func (c *Cond) wait(ticket int)
func (c *Cond) Signal()
func (c *Cond) Broadcast()

func (c *Cond) Wait() {
	ticket := c.join()
	c.L.Unlock()
	c.wait(ticket)
	c.L.Lock()
}

type Pool struct {
	native *object
	New    func() any
}

// get may come back empty though there is something: the garbage collector empties pools.
func (p *Pool) get() (x any, ok bool)
func (p *Pool) put(x any)

func (p *Pool) Get() any {
	if x, ok := p.get(); ok {
		return x
	}
	if p.New == nil {
		return nil
	}
	return p.New()
}

func (p *Pool) Put(x any) {
	if x != nil {
		p.put(x)
	}
}

type Map struct {
	native  *object
	entries map[any]any
}

// read and write are the visible operations; what follows them belongs to them.
func (m *Map) read()
func (m *Map) write()

func (m *Map) set(key, value any) {
	if m.entries == nil {
		m.entries = map[any]any{}
	}
	m.entries[key] = value
}

func (m *Map) Load(key any) (value any, ok bool) {
	m.read()
	value, ok = m.entries[key]
	return
}

func (m *Map) Store(key, value any) {
	m.write()
	m.set(key, value)
}

func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	m.write()
	if actual, loaded = m.entries[key]; loaded {
		return
	}
	m.set(key, value)
	return value, false
}

func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	m.write()
	value, loaded = m.entries[key]
	delete(m.entries, key)
	return
}

func (m *Map) Delete(key any) { m.LoadAndDelete(key) }

func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	m.write()
	previous, loaded = m.entries[key]
	m.set(key, value)
	return
}

func (m *Map) CompareAndSwap(key, old, new any) bool {
	m.write()
	value, ok := m.entries[key]
	if !ok || value != old {
		return false
	}
	m.entries[key] = new
	return true
}

func (m *Map) CompareAndDelete(key, old any) bool {
	m.write()
	value, ok := m.entries[key]
	if !ok || value != old {
		return false
	}
	delete(m.entries, key)
	return true
}

func (m *Map) Range(f func(key, value any) bool) {
	m.read()
	var keys []any
	for key := range m.entries {
		keys = append(keys, key)
	}
	for _, key := range keys {
		if value, ok := m.entries[key]; ok && !f(key, value) {
			break
		}
	}
}

func (m *Map) Clear() {
	m.write()
	clear(m.entries)
}
