package bytes

import (
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

const MinRead = 512

var ErrTooLarge = errors.New("bytes.Buffer: too large")

func Equal(a, b []byte) bool       { return string(a) == string(b) }
func Compare(a, b []byte) int      { return strings.Compare(string(a), string(b)) }
func EqualFold(s, t []byte) bool   { return strings.EqualFold(string(s), string(t)) }
func Contains(b, sub []byte) bool  { return Index(b, sub) >= 0 }
func Count(s, sep []byte) int      { return strings.Count(string(s), string(sep)) }
func Index(s, sep []byte) int      { return strings.Index(string(s), string(sep)) }
func LastIndex(s, sep []byte) int  { return strings.LastIndex(string(s), string(sep)) }
func IndexByte(b []byte, c byte) int { return strings.IndexByte(string(b), c) }
func IndexAny(s []byte, chars string) int { return strings.IndexAny(string(s), chars) }
func IndexRune(s []byte, r rune) int { return strings.IndexRune(string(s), r) }
func IndexFunc(s []byte, f func(rune) bool) int { return strings.IndexFunc(string(s), f) }
func HasPrefix(s, prefix []byte) bool { return strings.HasPrefix(string(s), string(prefix)) }
func HasSuffix(s, suffix []byte) bool { return strings.HasSuffix(string(s), string(suffix)) }
func ToUpper(s []byte) []byte      { return []byte(strings.ToUpper(string(s))) }
func ToLower(s []byte) []byte      { return []byte(strings.ToLower(string(s))) }
func Repeat(b []byte, n int) []byte { return []byte(strings.Repeat(string(b), n)) }
func Map(f func(rune) rune, s []byte) []byte { return []byte(strings.Map(f, string(s))) }
func Runes(s []byte) []rune        { return []rune(string(s)) }

func Replace(s, old, new []byte, n int) []byte {
	return []byte(strings.Replace(string(s), string(old), string(new), n))
}

func ReplaceAll(s, old, new []byte) []byte { return Replace(s, old, new, -1) }

func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

func TrimFunc(s []byte, f func(rune) bool) []byte {
	left := len(s) - len(strings.TrimLeftFunc(string(s), f))
	return s[left : left+len(strings.TrimRightFunc(string(s[left:]), f))]
}

func TrimSpace(s []byte) []byte { return TrimFunc(s, unicode.IsSpace) }

func Trim(s []byte, cutset string) []byte {
	return TrimFunc(s, func(c rune) bool { return strings.ContainsRune(cutset, c) })
}

func TrimLeft(s []byte, cutset string) []byte {
	return s[len(s)-len(strings.TrimLeft(string(s), cutset)):]
}

func TrimRight(s []byte, cutset string) []byte {
	return s[:len(strings.TrimRight(string(s), cutset))]
}

func TrimPrefix(s, prefix []byte) []byte {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

func TrimSuffix(s, suffix []byte) []byte {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}

func Cut(s, sep []byte) (before, after []byte, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

func all(parts []string) [][]byte {
	if parts == nil {
		return nil
	}
	out := [][]byte{}
	for _, part := range parts {
		out = append(out, []byte(part))
	}
	return out
}

func Split(s, sep []byte) [][]byte         { return all(strings.Split(string(s), string(sep))) }
func SplitN(s, sep []byte, n int) [][]byte { return all(strings.SplitN(string(s), string(sep), n)) }
func Fields(s []byte) [][]byte             { return all(strings.Fields(string(s))) }

func Join(s [][]byte, sep []byte) []byte {
	joined := []byte{}
	for i, part := range s {
		if i > 0 {
			joined = append(joined, sep...)
		}
		joined = append(joined, part...)
	}
	return joined
}

type Buffer struct {
	buf  []byte
	off  int
	last int // how many bytes were read last and can be unread
}

func NewBuffer(buf []byte) *Buffer      { return &Buffer{buf: buf} }
func NewBufferString(s string) *Buffer  { return &Buffer{buf: []byte(s)} }
func (b *Buffer) Bytes() []byte         { return b.buf[b.off:] }
func (b *Buffer) Len() int              { return len(b.buf) - b.off }
func (b *Buffer) Cap() int              { return cap(b.buf) }
func (b *Buffer) Available() int        { return cap(b.buf) - len(b.buf) }
func (b *Buffer) AvailableBuffer() []byte { return b.buf[len(b.buf):] }

func (b *Buffer) String() string {
	if b == nil {
		return "<nil>"
	}
	return string(b.buf[b.off:])
}

func (b *Buffer) Reset() { b.buf, b.off, b.last = b.buf[:0], 0, 0 }

func (b *Buffer) Truncate(n int) {
	b.last = 0
	if n < 0 || n > b.Len() {
		panic("bytes.Buffer: truncation out of range")
	}
	b.buf = b.buf[:b.off+n]
}

func (b *Buffer) Grow(n int) {
	if n < 0 {
		panic("bytes.Buffer.Grow: negative count")
	}
	if n > b.Available() {
		b.buf = append(b.buf, make([]byte, n)...)[:len(b.buf)]
	}
}

func (b *Buffer) Write(p []byte) (n int, err error) {
	b.last = 0
	b.buf = append(b.buf, p...)
	return len(p), nil
}

func (b *Buffer) WriteString(s string) (n int, err error) {
	b.last = 0
	b.buf = append(b.buf, s...)
	return len(s), nil
}

func (b *Buffer) WriteByte(c byte) error {
	b.last = 0
	b.buf = append(b.buf, c)
	return nil
}

func (b *Buffer) WriteRune(r rune) (n int, err error) { return b.WriteString(string(r)) }

func (b *Buffer) ReadFrom(r io.Reader) (n int64, err error) {
	p, err := io.ReadAll(r)
	b.Write(p)
	return int64(len(p)), err
}

func (b *Buffer) WriteTo(w io.Writer) (n int64, err error) {
	b.last = 0
	if b.Len() > 0 {
		m, err := w.Write(b.buf[b.off:])
		b.off += m
		if err != nil {
			return int64(m), err
		}
		n = int64(m)
	}
	b.Reset()
	return
}

func (b *Buffer) Read(p []byte) (n int, err error) {
	b.last = 0
	if b.Len() == 0 {
		b.Reset()
		if len(p) == 0 {
			return 0, nil
		}
		return 0, io.EOF
	}
	n = copy(p, b.buf[b.off:])
	b.off += n
	b.last = min(n, 1)
	return n, nil
}

func (b *Buffer) Next(n int) []byte {
	n = min(n, b.Len())
	data := b.buf[b.off : b.off+n]
	b.off += n
	b.last = min(n, 1)
	return data
}

func (b *Buffer) ReadByte() (byte, error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, io.EOF
	}
	b.off++
	b.last = 1
	return b.buf[b.off-1], nil
}

func (b *Buffer) ReadRune() (r rune, size int, err error) {
	if b.Len() == 0 {
		b.Reset()
		return 0, 0, io.EOF
	}
	r, size = utf8.DecodeRune(b.buf[b.off:])
	b.off += size
	b.last = size
	return
}

func (b *Buffer) UnreadByte() error {
	if b.last == 0 {
		return errors.New("bytes.Buffer: UnreadByte: previous operation was not a successful read")
	}
	b.off--
	b.last = 0
	return nil
}

func (b *Buffer) UnreadRune() error {
	if b.last == 0 {
		return errors.New("bytes.Buffer: UnreadRune: previous operation was not a successful ReadRune")
	}
	b.off -= b.last
	b.last = 0
	return nil
}

func (b *Buffer) ReadBytes(delim byte) (line []byte, err error) {
	n := IndexByte(b.buf[b.off:], delim) + 1
	if n == 0 {
		n, err = b.Len(), io.EOF
	}
	line = Clone(b.Next(n))
	return
}

func (b *Buffer) ReadString(delim byte) (line string, err error) {
	bytes, err := b.ReadBytes(delim)
	return string(bytes), err
}

type Reader struct{ strings.Reader }

func NewReader(b []byte) *Reader { return &Reader{*strings.NewReader(string(b))} }
