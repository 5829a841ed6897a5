package net

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

var ErrClosed = errors.New("use of closed network connection")

type Addr interface {
	Network() string
	String() string
}

type Conn interface {
	Read(b []byte) (n int, err error)
	Write(b []byte) (n int, err error)
	Close() error
	LocalAddr() Addr
	RemoteAddr() Addr
	SetDeadline(t time.Time) error
	SetReadDeadline(t time.Time) error
	SetWriteDeadline(t time.Time) error
}

type Listener interface {
	Accept() (Conn, error)
	Close() error
	Addr() Addr
}

type Error interface {
	error
	Timeout() bool
	Temporary() bool
}

type OpError struct {
	Op     string
	Net    string
	Source Addr
	Addr   Addr
	Err    error
}

func (e *OpError) Unwrap() error   { return e.Err }
func (e *OpError) Temporary() bool { return e.Timeout() }

func (e *OpError) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

func (e *OpError) Error() string {
	s := e.Op + " " + e.Net
	if e.Source != nil {
		s += " " + e.Source.String()
	}
	if e.Addr != nil {
		if e.Source != nil {
			s += "->"
		} else {
			s += " "
		}
		s += e.Addr.String()
	}
	return s + ": " + e.Err.Error()
}

type IP string

func (ip IP) String() string { return string(ip) }

type TCPAddr struct {
	IP   IP
	Port int
	Zone string
}

func (a *TCPAddr) Network() string { return "tcp" }
func (a *TCPAddr) String() string  { return JoinHostPort(string(a.IP), strconv.Itoa(a.Port)) }

func JoinHostPort(host, port string) string {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return host + ":" + port
}

func SplitHostPort(hostport string) (host, port string, err error) {
	i := strings.LastIndexByte(hostport, ':')
	if i < 0 {
		return "", "", errors.New("address " + hostport + ": missing port in address")
	}
	return strings.Trim(hostport[:i], "[]"), hostport[i+1:], nil
}

func resolve(address string) (*TCPAddr, error) {
	host, port, err := SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if host == "" || host == "localhost" {
		host = "127.0.0.1"
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 0 || n > 65535 {
		return nil, errors.New("address " + port + ": invalid port")
	}
	return &TCPAddr{IP: IP(host), Port: n}, nil
}

// The virtual network: who listens at which port of this one machine.
var network = struct {
	mu        sync.Mutex
	listeners map[int]*listener
	nextPort  int
}{listeners: map[int]*listener{}, nextPort: 40000}

func port() int {
	network.nextPort++
	return network.nextPort
}

type listener struct {
	addr   *TCPAddr
	queue  chan Conn
	closed chan struct{}
	once   sync.Once
}

func Listen(proto, address string) (Listener, error) {
	addr, err := resolve(address)
	if err != nil {
		return nil, &OpError{Op: "listen", Net: proto, Err: err}
	}
	network.mu.Lock()
	defer network.mu.Unlock()
	if addr.Port == 0 {
		addr.Port = port()
	}
	if network.listeners[addr.Port] != nil {
		return nil, &OpError{Op: "listen", Net: proto, Addr: addr, Err: errors.New("bind: address already in use")}
	}
	l := &listener{addr: addr, queue: make(chan Conn, 128), closed: make(chan struct{})}
	network.listeners[addr.Port] = l
	return l, nil
}

func (l *listener) Addr() Addr { return l.addr }

func (l *listener) failed(op string) error {
	return &OpError{Op: op, Net: "tcp", Addr: l.addr, Err: ErrClosed}
}

func (l *listener) Accept() (Conn, error) {
	select {
	case <-l.closed:
		return nil, l.failed("accept")
	default:
	}
	select {
	case c := <-l.queue:
		return c, nil
	case <-l.closed:
		return nil, l.failed("accept")
	}
}

func (l *listener) Close() error {
	err := l.failed("close")
	l.once.Do(func() {
		network.mu.Lock()
		delete(network.listeners, l.addr.Port)
		network.mu.Unlock()
		close(l.closed)
		err = nil
	})
	return err
}

type Dialer struct {
	Timeout  time.Duration
	Deadline time.Time
}

func (d *Dialer) Dial(proto, address string) (Conn, error) {
	return d.DialContext(context.Background(), proto, address)
}

func (d *Dialer) DialContext(ctx context.Context, proto, address string) (Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, &OpError{Op: "dial", Net: proto, Err: err}
	}
	addr, err := resolve(address)
	if err != nil {
		return nil, &OpError{Op: "dial", Net: proto, Err: err}
	}
	network.mu.Lock()
	l := network.listeners[addr.Port]
	local := &TCPAddr{IP: "127.0.0.1", Port: port()}
	network.mu.Unlock()
	refused := &OpError{Op: "dial", Net: proto, Addr: addr, Err: errors.New("connect: connection refused")}
	if l == nil {
		return nil, refused
	}
	near, far := pair(local, addr)
	select {
	case l.queue <- far:
		return near, nil
	case <-l.closed:
		return nil, refused
	}
}

func Dial(proto, address string) (Conn, error) { return new(Dialer).Dial(proto, address) }

func DialTimeout(proto, address string, timeout time.Duration) (Conn, error) {
	return (&Dialer{Timeout: timeout}).Dial(proto, address)
}

// stream is one direction of a connection. changed is closed, and made anew, whenever a reader
// may find something else than before.
type stream struct {
	mu      sync.Mutex
	data    []byte
	eof     bool
	gone    bool
	limit   time.Time
	changed chan struct{}
}

func newStream() *stream { return &stream{changed: make(chan struct{})} }

func (s *stream) update(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *stream) read(b []byte) (int, error) {
	for {
		s.mu.Lock()
		limit, changed := s.limit, s.changed
		switch {
		case s.gone:
			s.mu.Unlock()
			return 0, ErrClosed
		case !limit.IsZero() && !time.Now().Before(limit):
			s.mu.Unlock()
			return 0, os.ErrDeadlineExceeded
		case len(s.data) > 0 || len(b) == 0:
			n := copy(b, s.data)
			s.data = s.data[n:]
			s.mu.Unlock()
			return n, nil
		case s.eof:
			s.mu.Unlock()
			return 0, io.EOF
		}
		s.mu.Unlock()
		if limit.IsZero() {
			<-changed
			continue
		}
		timer := time.NewTimer(time.Until(limit))
		select {
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func (s *stream) write(b []byte) (n int, err error) {
	s.update(func() {
		if s.eof {
			err = ErrClosed
		} else if s.gone {
			err = errors.New("write: broken pipe")
		} else {
			s.data = append(s.data, b...)
			n = len(b)
		}
	})
	return n, err
}

type conn struct {
	local, remote Addr
	in, out       *stream
	once          sync.Once
}

func pair(a, b Addr) (*conn, *conn) {
	there, back := newStream(), newStream()
	return &conn{local: a, remote: b, in: back, out: there}, &conn{local: b, remote: a, in: there, out: back}
}

func (c *conn) failed(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &OpError{Op: op, Net: c.local.Network(), Source: c.local, Addr: c.remote, Err: err}
}

func (c *conn) LocalAddr() Addr  { return c.local }
func (c *conn) RemoteAddr() Addr { return c.remote }

func (c *conn) Read(b []byte) (int, error) {
	n, err := c.in.read(b)
	return n, c.failed("read", err)
}

func (c *conn) Write(b []byte) (int, error) {
	n, err := c.out.write(b)
	return n, c.failed("write", err)
}

func (c *conn) Close() error {
	err := c.failed("close", ErrClosed)
	c.once.Do(func() {
		c.in.update(func() { c.in.gone = true })
		c.out.update(func() { c.out.eof = true })
		err = nil
	})
	return err
}

func (c *conn) SetDeadline(t time.Time) error { return c.SetReadDeadline(t) }

func (c *conn) SetReadDeadline(t time.Time) error {
	c.in.update(func() { c.in.limit = t })
	return nil
}

// Writes never wait, so that their deadline has nothing to end.
func (c *conn) SetWriteDeadline(time.Time) error { return nil }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

func Pipe() (Conn, Conn) { return pair(pipeAddr{}, pipeAddr{}) }
