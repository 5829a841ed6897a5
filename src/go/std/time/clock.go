package time

func Sleep(d Duration)

type object struct{}

// An alarm is what the clock knows of a timer or ticker. When it is due, it sends the time on c
// without blocking, or starts f as a goroutine. A period of 0 means once.
type alarm struct{ native *object }

func (a *alarm) start(c chan Time, d, period int64, f func())

// stop and reset report whether it was still to come; what it has sent and nobody has received is
// taken back.
func (a *alarm) stop() bool
func (a *alarm) reset(d, period int64) bool

type Timer struct {
	C <-chan Time
	a alarm
}

func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	t := &Timer{C: c}
	t.a.start(c, int64(d), 0, nil)
	return t
}

func AfterFunc(d Duration, f func()) *Timer {
	t := new(Timer)
	t.a.start(nil, int64(d), 0, f)
	return t
}

func After(d Duration) <-chan Time { return NewTimer(d).C }

func (t *Timer) Stop() bool {
	if t.a.native == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return t.a.stop()
}

func (t *Timer) Reset(d Duration) bool {
	if t.a.native == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	return t.a.reset(int64(d), 0)
}

type Ticker struct {
	C <-chan Time
	a alarm
}

func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	t := &Ticker{C: c}
	t.a.start(c, int64(d), int64(d), nil)
	return t
}

func (t *Ticker) Stop() {
	if t.a.native != nil {
		t.a.stop()
	}
}

func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.a.native == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	t.a.reset(int64(d), int64(d))
}

func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
