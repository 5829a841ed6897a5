package fmt

import (
	"errors"
	"io"
	"os"
)

type Stringer interface{ String() string }

type GoStringer interface{ GoString() string }

type State interface {
	Write(b []byte) (n int, err error)
	Width() (wid int, ok bool)
	Precision() (prec int, ok bool)
	Flag(c int) bool
}

type Formatter interface{ Format(f State, verb rune) }

// A call is a method that speaks for an operand or a part of one. The machine finds out which are
// needed, in order; they are made here; then the machine formats with their answers.
type call struct {
	value            any
	method           int
	verb             int
	flags            int
	width, precision int
}

const (
	callError = iota
	callString
	callGoString
	callFormat
)

type answer struct {
	text string
	raw  bool // written as it is
}

const (
	modePrint = iota
	modeLine
	modeFormat
	modeWrap
)

func render(mode int, format string, operands []any) (text string, calls []call)
func finish(mode int, format string, operands []any, answers []answer) string
func wrapped(format string, operands []any) []int
func isNilPointer(value any) bool

func text(mode int, format string, operands []any) string {
	done, calls := render(mode, format, operands)
	if calls == nil {
		return done
	}
	answers := make([]answer, len(calls))
	for i := range calls {
		answers[i] = calls[i].make()
	}
	return finish(mode, format, operands, answers)
}

var methods = [...]string{"Error", "String", "GoString", "Format"}

func (c *call) make() (a answer) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		if isNilPointer(c.value) {
			a = answer{"<nil>", true}
			return
		}
		why := a.text + "%!" + string(rune(c.verb)) + "(PANIC=" + methods[c.method] + " method: "
		a = answer{why + Sprint(r) + ")", true}
	}()
	switch c.method {
	case callError:
		return answer{c.value.(error).Error(), false}
	case callString:
		return answer{c.value.(Stringer).String(), false}
	case callGoString:
		return answer{c.value.(GoStringer).GoString(), false}
	}
	s := &state{call: c}
	defer func() { a.text, a.raw = string(s.written), true }()
	c.value.(Formatter).Format(s, rune(c.verb))
	return
}

// A state is what a Format method writes to.
type state struct {
	call    *call
	written []byte
}

func (s *state) Write(b []byte) (int, error) {
	s.written = append(s.written, b...)
	return len(b), nil
}

func (s *state) WriteString(text string) (int, error) {
	s.written = append(s.written, text...)
	return len(text), nil
}

func (s *state) Width() (int, bool)     { return max(s.call.width, 0), s.call.width >= 0 }
func (s *state) Precision() (int, bool) { return max(s.call.precision, 0), s.call.precision >= 0 }

func (s *state) Flag(c int) bool {
	for i, flag := range "-+# 0" {
		if int(flag) == c {
			return s.call.flags>>i&1 != 0
		}
	}
	return false
}

func FormatString(s State, verb rune) string {
	out := []byte{'%'}
	for _, c := range " +-#0" {
		if s.Flag(int(c)) {
			out = append(out, byte(c))
		}
	}
	if w, ok := s.Width(); ok {
		out = append(out, Sprint(w)...)
	}
	if p, ok := s.Precision(); ok {
		out = append(append(out, '.'), Sprint(p)...)
	}
	return string(out) + string(verb)
}

func Sprint(a ...any) string                 { return text(modePrint, "", a) }
func Sprintln(a ...any) string               { return text(modeLine, "", a) }
func Sprintf(format string, a ...any) string { return text(modeFormat, format, a) }

func Fprint(w io.Writer, a ...any) (n int, err error) {
	return io.WriteString(w, text(modePrint, "", a))
}

func Fprintln(w io.Writer, a ...any) (n int, err error) {
	return io.WriteString(w, text(modeLine, "", a))
}

func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	return io.WriteString(w, text(modeFormat, format, a))
}

func Print(a ...any) (n int, err error)   { return os.Stdout.WriteString(text(modePrint, "", a)) }
func Println(a ...any) (n int, err error) { return os.Stdout.WriteString(text(modeLine, "", a)) }

func Printf(format string, a ...any) (n int, err error) {
	return os.Stdout.WriteString(text(modeFormat, format, a))
}

func Append(b []byte, a ...any) []byte   { return append(b, text(modePrint, "", a)...) }
func Appendln(b []byte, a ...any) []byte { return append(b, text(modeLine, "", a)...) }

func Appendf(b []byte, format string, a ...any) []byte {
	return append(b, text(modeFormat, format, a)...)
}

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }

func Errorf(format string, a ...any) error {
	msg := text(modeWrap, format, a)
	var errs []error
	seen := map[int]bool{}
	for _, i := range wrapped(format, a) {
		if err, ok := a[i].(error); ok && !seen[i] {
			seen[i] = true
			errs = append(errs, err)
		}
	}
	switch len(errs) {
	case 0:
		return errors.New(msg)
	case 1:
		return &wrapError{msg, errs[0]}
	}
	return &wrapErrors{msg, errs}
}
