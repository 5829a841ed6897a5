package runtime

const (
	GOOS     = "linux"
	GOARCH   = "amd64"
	Compiler = "gc"
)

type Error interface {
	error
	RuntimeError()
}

func Gosched()
func Goexit()
func GC()
func NumCPU() int
func NumGoroutine() int
func GOMAXPROCS(n int) int
func KeepAlive(x any) {}

func Version() string { return "go1.27" }

// heap tells of the heap in bytes and objects: live, ever allocated, and how often it was
// collected.
func heap() (live, total, objects, collections uint64)

type MemStats struct {
	Alloc, TotalAlloc, Sys, Mallocs, Frees          uint64
	HeapAlloc, HeapSys, HeapIdle, HeapInuse         uint64
	HeapReleased, HeapObjects, StackInuse, StackSys uint64
	NextGC, LastGC, PauseTotalNs                    uint64
	NumGC, NumForcedGC                              uint32
}

func ReadMemStats(m *MemStats) {
	live, total, objects, collections := heap()
	*m = MemStats{Alloc: live, HeapAlloc: live, HeapInuse: live, Sys: live, HeapSys: live}
	m.TotalAlloc = total
	m.Mallocs = objects
	m.HeapObjects = objects
	m.NumGC = uint32(collections)
}

// caller tells of the function that is skip calls above the one that asks.
func caller(skip int) (name, file string, line int, ok bool)

func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	name, file, line, ok := caller(skip + 1)
	if !ok {
		return
	}
	known = append(known, &Func{name, file, line})
	return uintptr(len(known)), file, line, true
}

var known []*Func

type Func struct {
	name, file string
	line       int
}

func FuncForPC(pc uintptr) *Func {
	if pc == 0 || int(pc) > len(known) {
		return nil
	}
	return known[pc-1]
}

func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

func (f *Func) FileLine(pc uintptr) (string, int) { return f.file, f.line }

type Frame struct {
	PC             uintptr
	Func           *Func
	Function, File string
	Line           int
}

type Frames struct{ pcs []uintptr }

func Callers(skip int, pc []uintptr) (n int) {
	for n < len(pc) {
		name, file, line, ok := caller(skip + n)
		if !ok {
			break
		}
		known = append(known, &Func{name, file, line})
		pc[n] = uintptr(len(known))
		n++
	}
	return
}

func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

func (f *Frames) Next() (frame Frame, more bool) {
	if len(f.pcs) == 0 {
		return
	}
	pc := f.pcs[0]
	f.pcs = f.pcs[1:]
	if fn := FuncForPC(pc); fn != nil {
		frame = Frame{pc, fn, fn.name, fn.file, fn.line}
	}
	return frame, len(f.pcs) > 0
}

// stack is the text of the goroutine's frames, or of all goroutines'.
func stack(all bool) string

func Stack(buf []byte, all bool) int { return copy(buf, stack(all)) }

func SetFinalizer(obj, finalizer any) {}
func LockOSThread()                   {}
func UnlockOSThread()                 {}
