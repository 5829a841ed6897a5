package flag

import (
	"os"
	"time"
)

// A program in Lockstep is given no arguments, so every flag has its default.

func Parse()           {}
func Parsed() bool     { return true }
func Args() []string   { return nil }
func Arg(i int) string { return "" }
func NArg() int        { return 0 }
func NFlag() int       { return 0 }

var Usage = func() { os.Stderr.WriteString("Usage of " + os.Args[0] + ":\n") }

func set[T any](p *T, value T) *T {
	*p = value
	return p
}

func Bool(name string, value bool, usage string) *bool       { return set(new(bool), value) }
func Int(name string, value int, usage string) *int          { return set(new(int), value) }
func Int64(name string, value int64, usage string) *int64    { return set(new(int64), value) }
func Uint(name string, value uint, usage string) *uint       { return set(new(uint), value) }
func Uint64(name string, value uint64, usage string) *uint64 { return set(new(uint64), value) }
func String(name, value, usage string) *string               { return set(new(string), value) }
func Float64(name string, value float64, usage string) *float64 {
	return set(new(float64), value)
}
func Duration(name string, value time.Duration, usage string) *time.Duration {
	return set(new(time.Duration), value)
}

func BoolVar(p *bool, name string, value bool, usage string)          { set(p, value) }
func IntVar(p *int, name string, value int, usage string)             { set(p, value) }
func StringVar(p *string, name, value, usage string)                  { set(p, value) }
func Float64Var(p *float64, name string, value float64, usage string) { set(p, value) }
func DurationVar(p *time.Duration, name string, value time.Duration, usage string) {
	set(p, value)
}

type Value interface {
	String() string
	Set(string) error
}

func Var(value Value, name, usage string) {}

type text string

func (t text) Error() string { return string(t) }

var ErrHelp error = text("flag: help requested")

