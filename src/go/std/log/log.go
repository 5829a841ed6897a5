package log

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"
)

const (
	Ldate = 1 << iota
	Ltime
	Lmicroseconds
	Llongfile
	Lshortfile
	LUTC
	Lmsgprefix
	LstdFlags = Ldate | Ltime
)

type Logger struct {
	mu     sync.Mutex
	prefix string
	flags  int
	out    io.Writer
}

func New(out io.Writer, prefix string, flag int) *Logger {
	return &Logger{out: out, prefix: prefix, flags: flag}
}

var std = New(os.Stderr, "", LstdFlags)

func Default() *Logger { return std }

func (l *Logger) Flags() int              { return l.flags }
func (l *Logger) SetFlags(flag int)       { l.flags = flag }
func (l *Logger) Prefix() string          { return l.prefix }
func (l *Logger) SetPrefix(prefix string) { l.prefix = prefix }
func (l *Logger) Writer() io.Writer       { return l.out }
func (l *Logger) SetOutput(w io.Writer)   { l.out = w }

func (l *Logger) header(depth int) string {
	var b strings.Builder
	if l.flags&Lmsgprefix == 0 {
		b.WriteString(l.prefix)
	}
	now := time.Now()
	if l.flags&Ldate != 0 {
		b.WriteString(now.Format("2006/01/02 "))
	}
	if l.flags&Lmicroseconds != 0 {
		b.WriteString(now.Format("15:04:05.000000 "))
	} else if l.flags&Ltime != 0 {
		b.WriteString(now.Format("15:04:05 "))
	}
	if l.flags&(Lshortfile|Llongfile) != 0 {
		_, file, line, ok := runtime.Caller(depth + 1)
		if !ok {
			file = "???"
		}
		if l.flags&Lshortfile != 0 {
			file = file[strings.LastIndexByte(file, '/')+1:]
		}
		fmt.Fprintf(&b, "%s:%d: ", file, line)
	}
	if l.flags&Lmsgprefix != 0 {
		b.WriteString(l.prefix)
	}
	return b.String()
}

func (l *Logger) Output(calldepth int, s string) error {
	text := l.header(calldepth) + s
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := io.WriteString(l.out, text)
	return err
}

func (l *Logger) Print(v ...any)                 { l.Output(2, fmt.Sprint(v...)) }
func (l *Logger) Printf(format string, v ...any) { l.Output(2, fmt.Sprintf(format, v...)) }
func (l *Logger) Println(v ...any)               { l.Output(2, fmt.Sprintln(v...)) }

func (l *Logger) fatal(s string) {
	l.Output(3, s)
	os.Exit(1)
}

func (l *Logger) panic(s string) {
	l.Output(3, s)
	panic(s)
}

func (l *Logger) Fatal(v ...any)                 { l.fatal(fmt.Sprint(v...)) }
func (l *Logger) Fatalf(format string, v ...any) { l.fatal(fmt.Sprintf(format, v...)) }
func (l *Logger) Fatalln(v ...any)               { l.fatal(fmt.Sprintln(v...)) }
func (l *Logger) Panic(v ...any)                 { l.panic(fmt.Sprint(v...)) }
func (l *Logger) Panicf(format string, v ...any) { l.panic(fmt.Sprintf(format, v...)) }
func (l *Logger) Panicln(v ...any)               { l.panic(fmt.Sprintln(v...)) }

func Flags() int                            { return std.flags }
func SetFlags(flag int)                     { std.flags = flag }
func Prefix() string                        { return std.prefix }
func SetPrefix(prefix string)               { std.prefix = prefix }
func Writer() io.Writer                     { return std.out }
func SetOutput(w io.Writer)                 { std.out = w }
func Output(calldepth int, s string) error  { return std.Output(calldepth+1, s) }
func Print(v ...any)                        { std.Output(2, fmt.Sprint(v...)) }
func Printf(format string, v ...any)        { std.Output(2, fmt.Sprintf(format, v...)) }
func Println(v ...any)                      { std.Output(2, fmt.Sprintln(v...)) }
func Fatal(v ...any)                        { std.fatal(fmt.Sprint(v...)) }
func Fatalf(format string, v ...any)        { std.fatal(fmt.Sprintf(format, v...)) }
func Fatalln(v ...any)                      { std.fatal(fmt.Sprintln(v...)) }
func Panic(v ...any)                        { std.panic(fmt.Sprint(v...)) }
func Panicf(format string, v ...any)        { std.panic(fmt.Sprintf(format, v...)) }
func Panicln(v ...any)                      { std.panic(fmt.Sprintln(v...)) }
