package bufio

import (
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

const MaxScanTokenSize = 64 * 1024

var (
	ErrInvalidUnreadByte = errors.New("bufio: invalid use of UnreadByte")
	ErrInvalidUnreadRune = errors.New("bufio: invalid use of UnreadRune")
	ErrBufferFull        = errors.New("bufio: buffer full")
	ErrNegativeCount     = errors.New("bufio: negative count")
	ErrTooLong           = errors.New("bufio.Scanner: token too long")
	ErrNegativeAdvance   = errors.New("bufio.Scanner: SplitFunc returns negative advance count")
	ErrAdvanceTooFar     = errors.New("bufio.Scanner: SplitFunc returns advance count beyond input")
	ErrBadReadCount      = errors.New("bufio.Scanner: Read returned impossible count")
	ErrFinalToken        = errors.New("final token")
)

type Reader struct {
	rd   io.Reader
	buf  []byte // what has been read and not been given out
	size int
	err  error
	last []byte // what was given out last, for unreading
	rune bool
}

func NewReader(rd io.Reader) *Reader { return NewReaderSize(rd, 4096) }

func NewReaderSize(rd io.Reader, size int) *Reader {
	return &Reader{rd: rd, size: max(size, 16)}
}

func (b *Reader) Reset(r io.Reader) { *b = Reader{rd: r, size: max(b.size, 16)} }
func (b *Reader) Size() int         { return b.size }
func (b *Reader) Buffered() int     { return len(b.buf) }

// fill reads more, unless there was an error.
func (b *Reader) fill() {
	if b.err != nil {
		return
	}
	p := make([]byte, b.size)
	for range 100 {
		n, err := b.rd.Read(p)
		b.buf = append(b.buf, p[:n]...)
		b.err = err
		if n > 0 || err != nil {
			return
		}
	}
	b.err = io.ErrNoProgress
}

func (b *Reader) failure() error {
	err := b.err
	b.err = nil
	return err
}

func (b *Reader) take(n int) []byte {
	taken := b.buf[:n:n]
	b.buf = b.buf[n:]
	b.last, b.rune = taken, false
	return taken
}

func (b *Reader) Peek(n int) ([]byte, error) {
	if n < 0 {
		return nil, ErrNegativeCount
	}
	b.last = nil
	for len(b.buf) < n && b.err == nil {
		b.fill()
	}
	if len(b.buf) < n {
		return b.buf, b.failure()
	}
	return b.buf[:n], nil
}

func (b *Reader) Discard(n int) (int, error) {
	p, err := b.Peek(n)
	b.take(len(p))
	return len(p), err
}

func (b *Reader) Read(p []byte) (n int, err error) {
	if len(p) == 0 {
		return 0, nil
	}
	if len(b.buf) == 0 {
		b.fill()
		if len(b.buf) == 0 {
			return 0, b.failure()
		}
	}
	return copy(p, b.take(min(len(p), len(b.buf)))), nil
}

func (b *Reader) ReadByte() (byte, error) {
	if len(b.buf) == 0 {
		b.fill()
		if len(b.buf) == 0 {
			return 0, b.failure()
		}
	}
	return b.take(1)[0], nil
}

func (b *Reader) UnreadByte() error {
	if len(b.last) == 0 {
		return ErrInvalidUnreadByte
	}
	b.buf = append([]byte{b.last[len(b.last)-1]}, b.buf...)
	b.last = nil
	return nil
}

func (b *Reader) ReadRune() (r rune, size int, err error) {
	for !utf8.FullRune(b.buf) && b.err == nil {
		b.fill()
	}
	if len(b.buf) == 0 {
		return 0, 0, b.failure()
	}
	r, size = utf8.DecodeRune(b.buf)
	b.take(size)
	b.rune = true
	return
}

func (b *Reader) UnreadRune() error {
	if !b.rune || b.last == nil {
		return ErrInvalidUnreadRune
	}
	b.buf = append(append([]byte{}, b.last...), b.buf...)
	b.last = nil
	return nil
}

func (b *Reader) ReadSlice(delim byte) (line []byte, err error) { return b.ReadBytes(delim) }

func (b *Reader) ReadBytes(delim byte) ([]byte, error) {
	from := 0
	for {
		for i := from; i < len(b.buf); i++ {
			if b.buf[i] == delim {
				return b.take(i + 1), nil
			}
		}
		from = len(b.buf)
		if b.err != nil {
			return b.take(from), b.failure()
		}
		b.fill()
	}
}

func (b *Reader) ReadString(delim byte) (string, error) {
	line, err := b.ReadBytes(delim)
	return string(line), err
}

func (b *Reader) ReadLine() (line []byte, isPrefix bool, err error) {
	line, err = b.ReadBytes('\n')
	if len(line) == 0 {
		return nil, false, err
	}
	return dropReturn(strings.TrimSuffix(string(line), "\n")), false, nil
}

func dropReturn(line string) []byte { return []byte(strings.TrimSuffix(line, "\r")) }

type Writer struct {
	wr   io.Writer
	buf  []byte
	size int
	err  error
}

func NewWriter(w io.Writer) *Writer { return NewWriterSize(w, 4096) }

func NewWriterSize(w io.Writer, size int) *Writer {
	if size <= 0 {
		size = 4096
	}
	return &Writer{wr: w, size: size}
}

func (b *Writer) Reset(w io.Writer) { *b = Writer{wr: w, size: max(b.size, 16)} }
func (b *Writer) Size() int         { return b.size }
func (b *Writer) Buffered() int     { return len(b.buf) }
func (b *Writer) Available() int    { return b.size - len(b.buf) }

func (b *Writer) Flush() error {
	if b.err != nil || len(b.buf) == 0 {
		return b.err
	}
	n, err := b.wr.Write(b.buf)
	if n < len(b.buf) && err == nil {
		err = io.ErrShortWrite
	}
	b.buf = b.buf[:copy(b.buf, b.buf[n:])]
	b.err = err
	return err
}

func (b *Writer) WriteString(s string) (n int, err error) {
	for len(s) > b.Available() && b.err == nil {
		m := b.Available()
		b.buf = append(b.buf, s[:m]...)
		s = s[m:]
		n += m
		b.Flush()
	}
	if b.err != nil {
		return n, b.err
	}
	b.buf = append(b.buf, s...)
	return n + len(s), nil
}

func (b *Writer) Write(p []byte) (n int, err error)  { return b.WriteString(string(p)) }
func (b *Writer) WriteRune(r rune) (n int, err error) { return b.WriteString(string(r)) }

func (b *Writer) WriteByte(c byte) error {
	_, err := b.Write([]byte{c})
	return err
}

type ReadWriter struct {
	*Reader
	*Writer
}

func NewReadWriter(r *Reader, w *Writer) *ReadWriter { return &ReadWriter{r, w} }

type SplitFunc func(data []byte, atEOF bool) (advance int, token []byte, err error)

type Scanner struct {
	r     io.Reader
	split SplitFunc
	most  int
	token []byte
	buf   []byte
	err   error
	ended bool
	done  bool
	empty int
}

func NewScanner(r io.Reader) *Scanner {
	return &Scanner{r: r, split: ScanLines, most: MaxScanTokenSize}
}

func (s *Scanner) Buffer(buf []byte, most int) { s.most = most }
func (s *Scanner) Split(split SplitFunc)       { s.split = split }
func (s *Scanner) Text() string                { return string(s.token) }
func (s *Scanner) Bytes() []byte               { return s.token }

func (s *Scanner) Err() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

func (s *Scanner) stop(err error) bool {
	s.done, s.token = true, nil
	if s.err == nil || s.err == io.EOF {
		s.err = err
	}
	return false
}

func (s *Scanner) Scan() bool {
	for !s.done {
		if len(s.buf) > 0 || s.ended {
			advance, token, err := s.split(s.buf, s.ended)
			if err != nil {
				if err == ErrFinalToken {
					s.done, s.token = true, token
					return token != nil
				}
				return s.stop(err)
			}
			if advance < 0 {
				return s.stop(ErrNegativeAdvance)
			}
			if advance > len(s.buf) {
				return s.stop(ErrAdvanceTooFar)
			}
			s.buf = s.buf[advance:]
			if token != nil {
				s.token = token
				s.empty++
				if advance > 0 {
					s.empty = 0
				} else if s.empty > 100 {
					panic("bufio.Scan: too many empty tokens without progressing")
				}
				return true
			}
			if s.ended && (advance == 0 || len(s.buf) == 0) {
				return s.stop(s.err)
			}
			if advance > 0 {
				continue
			}
		}
		if len(s.buf) >= s.most {
			return s.stop(ErrTooLong)
		}
		p := make([]byte, 4096)
		n, err := s.r.Read(p)
		s.buf = append(s.buf[:len(s.buf):len(s.buf)], p[:n]...)
		if err != nil {
			s.err, s.ended = err, true
		}
	}
	s.token = nil
	return false
}

func ScanLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := strings.IndexByte(string(data), '\n'); i >= 0 {
		return i + 1, dropReturn(string(data[:i])), nil
	}
	if atEOF && len(data) > 0 {
		return len(data), dropReturn(string(data)), nil
	}
	return
}

func ScanBytes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) > 0 {
		return 1, data[:1], nil
	}
	return
}

func ScanRunes(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 || !atEOF && !utf8.FullRune(data) {
		return
	}
	r, size := utf8.DecodeRune(data)
	return size, []byte(string(r)), nil
}

func ScanWords(data []byte, atEOF bool) (advance int, token []byte, err error) {
	text := string(data)
	start := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	if i := strings.IndexFunc(text[start:], unicode.IsSpace); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[start+i:])
		return start + i + size, data[start : start+i], nil
	}
	if atEOF && len(data) > start {
		return len(data), data[start:], nil
	}
	return start, nil, nil
}
