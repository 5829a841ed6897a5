package rand

import "math/rand/v2"

type Source interface {
	Int63() int64
	Seed(seed int64)
}

type Source64 interface {
	Source
	Uint64() uint64
}

// A seeded source gives other numbers than Go's, but the same ones in every run.
type source struct{ *rand.PCG }

func NewSource(seed int64) Source { return source{rand.NewPCG(uint64(seed), 0x9e3779b97f4a7c15)} }

func (s source) Int63() int64    { return int64(s.Uint64() >> 1) }
func (s source) Seed(seed int64) { s.PCG.Seed(uint64(seed), 0x9e3779b97f4a7c15) }

// choose is a choice of the run, which its seed or schedule makes: a number below count, 0 standing
// for 2 to the 64th.
func choose(count uint64) uint64

type choice struct{}

func (choice) Int63() int64    { return int64(choose(1 << 63)) }
func (choice) Uint64() uint64  { return choose(0) }
func (choice) Seed(seed int64) {}

type Rand struct{ src Source }

func New(src Source) *Rand { return &Rand{src} }

var global = New(choice{})

func (r *Rand) Seed(seed int64) { r.src.Seed(seed) }
func (r *Rand) Int63() int64    { return r.src.Int63() }
func (r *Rand) Uint32() uint32  { return uint32(r.Int63() >> 31) }
func (r *Rand) Int31() int32    { return int32(r.Int63() >> 32) }
func (r *Rand) Int() int        { return int(r.Int63()) }

func (r *Rand) Uint64() uint64 {
	if s, ok := r.src.(Source64); ok {
		return s.Uint64()
	}
	return uint64(r.Int63())>>31 | uint64(r.Int63())<<32
}

func (r *Rand) Int63n(n int64) int64 {
	if n <= 0 {
		panic("invalid argument to Int63n")
	}
	if _, ok := r.src.(choice); ok {
		return int64(choose(uint64(n)))
	}
	most := int64(1<<63 - 1 - (1<<63)%uint64(n))
	v := r.Int63()
	for v > most {
		v = r.Int63()
	}
	return v % n
}

func (r *Rand) Int31n(n int32) int32 {
	if n <= 0 {
		panic("invalid argument to Int31n")
	}
	return int32(r.Int63n(int64(n)))
}

func (r *Rand) Intn(n int) int {
	if n <= 0 {
		panic("invalid argument to Intn")
	}
	return int(r.Int63n(int64(n)))
}

func (r *Rand) Float64() float64 { return float64(r.Int63n(1<<53)) / (1 << 53) }
func (r *Rand) Float32() float32 { return float32(r.Int31n(1<<24)) / (1 << 24) }

func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := n - 1; i > 0; i-- {
		swap(i, r.Intn(i+1))
	}
}

func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		j := r.Intn(i + 1)
		p[i] = p[j]
		p[j] = i
	}
	return p
}

func (r *Rand) NormFloat64() float64 { return rand.New(wide{r}).NormFloat64() }
func (r *Rand) ExpFloat64() float64  { return rand.New(wide{r}).ExpFloat64() }

type wide struct{ r *Rand }

func (w wide) Uint64() uint64 { return w.r.Uint64() }

func (r *Rand) Read(p []byte) (n int, err error) {
	for i := range p {
		p[i] = byte(r.Int63())
	}
	return len(p), nil
}

func Seed(seed int64)                    { global = New(NewSource(seed)) }
func Int63() int64                       { return global.Int63() }
func Uint32() uint32                     { return global.Uint32() }
func Uint64() uint64                     { return global.Uint64() }
func Int31() int32                       { return global.Int31() }
func Int() int                           { return global.Int() }
func Int63n(n int64) int64               { return global.Int63n(n) }
func Int31n(n int32) int32               { return global.Int31n(n) }
func Intn(n int) int                     { return global.Intn(n) }
func Float64() float64                   { return global.Float64() }
func Float32() float32                   { return global.Float32() }
func Perm(n int) []int                   { return global.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }
func NormFloat64() float64               { return global.NormFloat64() }
func ExpFloat64() float64                { return global.ExpFloat64() }
func Read(p []byte) (n int, err error)   { return global.Read(p) }
