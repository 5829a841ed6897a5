package testing

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

type TB interface {
	Cleanup(func())
	Context() context.Context
	Error(args ...any)
	Errorf(format string, args ...any)
	Fail()
	FailNow()
	Failed() bool
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Helper()
	Log(args ...any)
	Logf(format string, args ...any)
	Name() string
	Setenv(key, value string)
	Skip(args ...any)
	SkipNow()
	Skipf(format string, args ...any)
	Skipped() bool
	TempDir() string
}

// common is what a test, a subtest and a benchmark share. done is closed when all of it, its
// parallel subtests too, has ended; paused when it has called Parallel.
type common struct {
	mu       sync.Mutex
	name     string
	parent   *common
	depth    int
	failed   bool
	skipped  bool
	finished bool
	parallel bool
	cleanups []func()
	subtests []*common
	reports  []string
	names    map[string]int
	began    time.Time
	took     time.Duration
	ctx      context.Context
	cancel   context.CancelFunc
	paused   chan struct{}
	released chan struct{}
	done     chan struct{}
}

var shown struct {
	sync.Mutex
	name string
}

// print shows a line of output of the named test, and says so when another test spoke last.
func print(name, line string) {
	shown.Lock()
	defer shown.Unlock()
	if shown.name != name && shown.name != "" {
		fmt.Println("=== NAME  " + name)
	}
	shown.name = name
	fmt.Println(line)
}

func announce(kind, name string) {
	shown.Lock()
	defer shown.Unlock()
	shown.name = name
	fmt.Printf("=== %-5s %s\n", kind, name)
}

func newCommon(name string, parent *common) *common {
	c := &common{name: name, parent: parent, names: map[string]int{}, paused: make(chan struct{}),
		released: make(chan struct{}), done: make(chan struct{})}
	ctx := context.Background()
	if parent != nil {
		c.depth = parent.depth + 1
		if parent.ctx != nil {
			ctx = parent.ctx
		}
	}
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c
}

func (c *common) log(text string) {
	_, file, line, _ := runtime.Caller(2)
	if i := strings.LastIndexByte(file, '/'); i >= 0 {
		file = file[i+1:]
	}
	text = strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n        ")
	print(c.name, fmt.Sprintf("    %s:%d: %s", file, line, text))
}

func (c *common) Name() string { return c.name }
func (c *common) Helper()      {}

func (c *common) Context() context.Context { return c.ctx }

func (c *common) Fail() {
	if c.parent != nil {
		c.parent.Fail()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.done:
		panic("Fail in goroutine after " + c.name + " has completed")
	default:
	}
	c.failed = true
}

func (c *common) Failed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}

func (c *common) Skipped() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.skipped
}

func (c *common) stop() {
	c.mu.Lock()
	c.finished = true
	c.mu.Unlock()
	runtime.Goexit()
}

func (c *common) FailNow() {
	c.Fail()
	c.stop()
}

func (c *common) SkipNow() {
	c.mu.Lock()
	c.skipped = true
	c.mu.Unlock()
	c.stop()
}

func (c *common) Log(args ...any)                 { c.log(fmt.Sprintln(args...)) }
func (c *common) Logf(format string, args ...any) { c.log(fmt.Sprintf(format, args...)) }

func (c *common) Error(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.Fail()
}

func (c *common) Errorf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.Fail()
}

func (c *common) Fatal(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.FailNow()
}

func (c *common) Fatalf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.FailNow()
}

func (c *common) Skip(args ...any) {
	c.log(fmt.Sprintln(args...))
	c.SkipNow()
}

func (c *common) Skipf(format string, args ...any) {
	c.log(fmt.Sprintf(format, args...))
	c.SkipNow()
}

func (c *common) Cleanup(f func()) {
	c.mu.Lock()
	c.cleanups = append(c.cleanups, f)
	c.mu.Unlock()
}

func (c *common) TempDir() string          { return "/tmp/" + strings.ReplaceAll(c.name, "/", "_") }
func (c *common) Setenv(key, value string) { os.Setenv(key, value) }

func (c *common) clean() {
	c.cancel()
	for {
		c.mu.Lock()
		n := len(c.cleanups)
		if n == 0 {
			c.mu.Unlock()
			return
		}
		f := c.cleanups[n-1]
		c.cleanups = c.cleanups[:n-1]
		c.mu.Unlock()
		f()
	}
}

// unique is the full name of a subtest: spaces become underscores, a second use gets a number.
func (c *common) unique(name string) string {
	name = c.name + "/" + strings.ReplaceAll(name, " ", "_")
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.names[name]
	c.names[name]++
	if n > 0 || strings.HasSuffix(name, "/") {
		name = fmt.Sprintf("%s#%02d", name, n)
	}
	return name
}

func (c *common) report() string {
	word := "PASS"
	if c.failed {
		word = "FAIL"
	} else if c.skipped {
		word = "SKIP"
	}
	line := fmt.Sprintf("%s--- %s: %s (%.2fs)", strings.Repeat("    ", c.depth), word, c.name, c.took.Seconds())
	return strings.Join(append([]string{line}, c.reports...), "\n")
}

// end waits for the parallel subtests, cleans up, reports, and lets whoever waits go on.
func (c *common) end() {
	c.took = time.Since(c.began)
	for _, s := range c.subtests {
		if s.parallel {
			close(s.released)
		}
	}
	for _, s := range c.subtests {
		<-s.done
	}
	c.clean()
	text := c.report()
	if c.depth > 0 {
		c.parent.mu.Lock()
		c.parent.reports = append(c.parent.reports, text)
		c.parent.mu.Unlock()
	} else {
		shown.Lock()
		shown.name = ""
		fmt.Println(text)
		shown.Unlock()
	}
	close(c.done)
}

// start runs f in a goroutine of its own and waits until it ends or pauses as parallel.
func (c *common) start(f func()) {
	announce("RUN", c.name)
	c.began = time.Now()
	go func() {
		returned := false
		defer func() {
			if !returned && !c.finished {
				if r := recover(); r != nil {
					c.mu.Lock()
					c.failed = true
					c.took = time.Since(c.began)
					c.mu.Unlock()
					fmt.Println(c.report())
					panic(r)
				}
				c.Fail()
			}
			c.end()
		}()
		f()
		returned = true
	}()
	select {
	case <-c.done:
	case <-c.paused:
	}
}

type T struct{ *common }

func (t *T) Parallel() {
	if t.parallel {
		panic("testing: t.Parallel called multiple times")
	}
	t.parallel = true
	announce("PAUSE", t.name)
	close(t.paused)
	<-t.released
	announce("CONT", t.name)
	t.began = time.Now()
}

func (t *T) Run(name string, f func(t *T)) bool {
	s := &T{newCommon(t.unique(name), t.common)}
	t.mu.Lock()
	t.subtests = append(t.subtests, s.common)
	t.mu.Unlock()
	s.start(func() { f(s) })
	return !s.Failed()
}

func (t *T) Deadline() (deadline time.Time, ok bool) { return }

type B struct {
	*common
	N int
}

func (b *B) ResetTimer() {}
func (b *B) StartTimer() {}
func (b *B) StopTimer() {}
func (b *B) ReportAllocs() {}
func (b *B) SetBytes(n int64) {}
func (b *B) ReportMetric(n float64, unit string) {}
func (b *B) Loop() bool { b.N++; return b.N <= 1 }
func (b *B) Run(name string, f func(b *B)) bool { return true }
func (b *B) RunParallel(body func(*PB)) { body(&PB{1}) }

type PB struct{ left int }

func (p *PB) Next() bool {
	p.left--
	return p.left >= 0
}

type InternalTest struct {
	Name string
	F    func(*T)
}

type M struct{ tests []InternalTest }

// Main is what a file of tests has for main: it runs them as go test -v does.
func Main(tests []InternalTest, main func(*M)) {
	m := &M{tests}
	if main != nil {
		main(m)
	}
	os.Exit(m.Run())
}

func (m *M) Run() int {
	began := time.Now()
	var waiting []*T
	root := newCommon("", nil)
	root.depth = -1
	for _, test := range m.tests {
		t := &T{newCommon(test.Name, root)}
		t.start(func() { test.F(t) })
		if t.parallel {
			waiting = append(waiting, t)
		}
	}
	for _, t := range waiting {
		close(t.released)
	}
	for _, t := range waiting {
		<-t.done
	}
	word, status := "PASS", 0
	if root.failed {
		word, status = "FAIL", 1
	}
	fmt.Println(word)
	took := time.Since(began).Seconds()
	if status == 0 {
		fmt.Printf("ok  \tcommand-line-arguments\t%.3fs\n", took)
	} else {
		fmt.Printf("FAIL\tcommand-line-arguments\t%.3fs\nFAIL\n", took)
	}
	return status
}

func Short() bool   { return false }
func Verbose() bool { return true }
func Testing() bool { return true }

func AllocsPerRun(runs int, f func()) float64 {
	f()
	return 0
}
