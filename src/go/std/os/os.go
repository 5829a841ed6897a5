package os

import (
	"errors"
	"io"
	"syscall"
)

func arguments() []string

var Args = arguments()

func Exit(code int)

// write puts text on standard output (1) or standard error (2).
func write(stream int, text string)

type File struct {
	fd     int
	name   string
	closed bool
}

var (
	Stdin  = &File{fd: 0, name: "/dev/stdin"}
	Stdout = &File{fd: 1, name: "/dev/stdout"}
	Stderr = &File{fd: 2, name: "/dev/stderr"}
)

var (
	ErrInvalid          = errors.New("invalid argument")
	ErrPermission       = errors.New("permission denied")
	ErrExist            = errors.New("file already exists")
	ErrNotExist         = errors.New("file does not exist")
	ErrClosed           = errors.New("file already closed")
	ErrDeadlineExceeded = errors.New("i/o timeout")
	ErrProcessDone      = errors.New("os: process already finished")
)

type PathError struct {
	Op, Path string
	Err      error
}

func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }
func (e *PathError) Unwrap() error { return e.Err }

func (f *File) WriteString(s string) (n int, err error) {
	switch {
	case f == nil:
		return 0, ErrInvalid
	case f.closed:
		return 0, &PathError{"write", f.name, ErrClosed}
	case f.fd == 0:
		return 0, &PathError{"write", f.name, errors.New("bad file descriptor")}
	}
	write(f.fd, s)
	return len(s), nil
}

func (f *File) Write(b []byte) (n int, err error) { return f.WriteString(string(b)) }

// There is nothing to read: standard input is empty.
func (f *File) Read(b []byte) (n int, err error) {
	if f == nil {
		return 0, ErrInvalid
	}
	return 0, io.EOF
}

func (f *File) Close() error {
	if f.closed {
		return &PathError{"close", f.name, ErrClosed}
	}
	f.closed = true
	return nil
}

func (f *File) Name() string { return f.name }
func (f *File) Sync() error  { return nil }
func (f *File) Fd() uintptr  { return uintptr(f.fd) }

type FileMode uint32

var noFile = errors.New("no such file or directory")

func missing(op, name string) error { return &PathError{op, name, &notExist{}} }

type notExist struct{}

func (*notExist) Error() string        { return noFile.Error() }
func (*notExist) Is(target error) bool { return target == ErrNotExist }

// There are no files.
func Open(name string) (*File, error)       { return nil, missing("open", name) }
func ReadFile(name string) ([]byte, error)  { return nil, missing("open", name) }
func Remove(name string) error              { return missing("remove", name) }
func IsNotExist(err error) bool             { return errors.Is(err, ErrNotExist) }
func Create(name string) (*File, error)     { return nil, &PathError{"open", name, ErrPermission} }
func WriteFile(name string, data []byte, perm FileMode) error {
	return &PathError{"open", name, ErrPermission}
}

var environment = map[string]string{}

func Getenv(key string) string { return environment[key] }

func LookupEnv(key string) (string, bool) {
	value, ok := environment[key]
	return value, ok
}

func Setenv(key, value string) error {
	environment[key] = value
	return nil
}

func Unsetenv(key string) error {
	delete(environment, key)
	return nil
}

func Environ() []string {
	var all []string
	for key, value := range environment {
		all = append(all, key+"="+value)
	}
	return all
}

func Getpid() int               { return syscall.Getpid() }
func Getppid() int              { return 1 }
func Hostname() (string, error) { return "lockstep", nil }

type Signal interface {
	String() string
	Signal()
}

var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

type Process struct{ Pid int }

func FindProcess(pid int) (*Process, error) { return &Process{pid}, nil }

func (p *Process) Signal(sig Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	return syscall.Kill(p.Pid, s)
}

func (p *Process) Kill() error { return p.Signal(Kill) }
