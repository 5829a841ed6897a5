package syscall

type Signal int

const (
	SIGHUP  Signal = 1
	SIGINT  Signal = 2
	SIGQUIT Signal = 3
	SIGABRT Signal = 6
	SIGKILL Signal = 9
	SIGUSR1 Signal = 10
	SIGUSR2 Signal = 12
	SIGPIPE Signal = 13
	SIGALRM Signal = 14
	SIGTERM Signal = 15
)

var names = map[Signal]string{
	SIGHUP: "hangup", SIGINT: "interrupt", SIGQUIT: "quit", SIGABRT: "aborted", SIGKILL: "killed",
	SIGUSR1: "user defined signal 1", SIGUSR2: "user defined signal 2", SIGPIPE: "broken pipe",
	SIGALRM: "alarm clock", SIGTERM: "terminated",
}

func (s Signal) Signal() {}

func (s Signal) String() string {
	if name, ok := names[s]; ok {
		return name
	}
	text := ""
	for n := int(s); n > 0 || text == ""; n /= 10 {
		text = string(rune('0'+n%10)) + text
	}
	return "signal " + text
}

type Errno uintptr

const (
	EINVAL Errno = 22
	ESRCH  Errno = 3
)

func (e Errno) Error() string {
	if e == ESRCH {
		return "no such process"
	}
	return "invalid argument"
}

func Getpid() int { return 4242 }

// raise sends the program a signal, as if from outside.
func raise(signal int)

func Kill(pid int, sig Signal) error {
	if pid != Getpid() {
		return ESRCH
	}
	raise(int(sig))
	return nil
}
