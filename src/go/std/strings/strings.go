package strings

import (
	"errors"
	"io"
	"iter"
	"unicode"
	"unicode/utf8"
)

func Index(s, substr string) int
func LastIndex(s, substr string) int
func IndexByte(s string, c byte) int
func Repeat(s string, count int) string
func ToUpper(s string) string
func ToLower(s string) string

type object struct{}

type Builder struct{ native *object }

func (b *Builder) WriteString(s string) (int, error)
func (b *Builder) WriteByte(c byte) error
func (b *Builder) Write(p []byte) (int, error)
func (b *Builder) String() string
func (b *Builder) Len() int
func (b *Builder) Reset()

func (b *Builder) WriteRune(r rune) (int, error) { return b.WriteString(string(r)) }
func (b *Builder) Cap() int                      { return b.Len() }

func (b *Builder) Grow(n int) {
	if n < 0 {
		panic("strings.Builder.Grow: negative count")
	}
}

func Contains(s, substr string) bool    { return Index(s, substr) >= 0 }
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }
func ContainsAny(s, chars string) bool  { return IndexAny(s, chars) >= 0 }
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }
func HasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

func IndexRune(s string, r rune) int {
	return IndexFunc(s, func(c rune) bool { return c == r })
}

func IndexAny(s, chars string) int {
	return IndexFunc(s, func(c rune) bool { return IndexRune(chars, c) >= 0 })
}

func IndexFunc(s string, f func(rune) bool) int {
	for i, c := range s {
		if f(c) {
			return i
		}
	}
	return -1
}

func LastIndexByte(s string, c byte) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == c {
			return i
		}
	}
	return -1
}

func LastIndexAny(s, chars string) int {
	return LastIndexFunc(s, func(c rune) bool { return IndexRune(chars, c) >= 0 })
}

func LastIndexFunc(s string, f func(rune) bool) int {
	for s != "" {
		c, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
		if f(c) {
			return len(s)
		}
	}
	return -1
}

func Count(s, substr string) (n int) {
	if substr == "" {
		return utf8.RuneCountInString(s) + 1
	}
	for {
		i := Index(s, substr)
		if i < 0 {
			return
		}
		n++
		s = s[i+len(substr):]
	}
}

func Compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func Clone(s string) string { return s }

// split cuts at most n pieces (all, if n < 0), each with keep bytes of the separator.
func split(s, sep string, keep, n int) []string {
	if n == 0 {
		return nil
	}
	parts := []string{}
	for n < 0 || len(parts) < n-1 {
		i := Index(s, sep)
		if sep == "" {
			if s == "" {
				break
			}
			_, i = utf8.DecodeRuneInString(s)
			if i == len(s) {
				break
			}
		}
		if i < 0 {
			break
		}
		parts = append(parts, s[:i+keep])
		s = s[i+len(sep):]
	}
	if sep == "" && s == "" && len(parts) == 0 {
		return parts
	}
	return append(parts, s)
}

func Split(s, sep string) []string                { return split(s, sep, 0, -1) }
func SplitN(s, sep string, n int) []string        { return split(s, sep, 0, n) }
func SplitAfter(s, sep string) []string           { return split(s, sep, len(sep), -1) }
func SplitAfterN(s, sep string, n int) []string   { return split(s, sep, len(sep), n) }
func Fields(s string) []string                    { return FieldsFunc(s, unicode.IsSpace) }

func FieldsFunc(s string, f func(rune) bool) []string {
	fields := []string{}
	start := -1
	for i, c := range s {
		if f(c) {
			if start >= 0 {
				fields = append(fields, s[start:i])
			}
			start = -1
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		fields = append(fields, s[start:])
	}
	return fields
}

func each(parts []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, part := range parts {
			if !yield(part) {
				return
			}
		}
	}
}

func SplitSeq(s, sep string) iter.Seq[string]      { return each(Split(s, sep)) }
func SplitAfterSeq(s, sep string) iter.Seq[string] { return each(SplitAfter(s, sep)) }
func FieldsSeq(s string) iter.Seq[string]          { return each(Fields(s)) }
func FieldsFuncSeq(s string, f func(rune) bool) iter.Seq[string] {
	return each(FieldsFunc(s, f))
}

func Lines(s string) iter.Seq[string] {
	lines := SplitAfter(s, "\n")
	if n := len(lines); n > 0 && lines[n-1] == "" {
		lines = lines[:n-1]
	}
	return each(lines)
}

func Join(elems []string, sep string) string {
	var b Builder
	for i, elem := range elems {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(elem)
	}
	return b.String()
}

func Replace(s, old, new string, n int) string {
	if old == new || n == 0 {
		return s
	}
	var b Builder
	for first := true; n != 0; n-- {
		i := Index(s, old)
		if old == "" && !first {
			if s == "" {
				break
			}
			_, i = utf8.DecodeRuneInString(s)
		}
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		b.WriteString(new)
		s = s[i+len(old):]
		first = false
	}
	b.WriteString(s)
	return b.String()
}

func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }

func Map(mapping func(rune) rune, s string) string {
	var b Builder
	for _, c := range s {
		if c = mapping(c); c >= 0 {
			b.WriteString(string(c))
		}
	}
	return b.String()
}

func Title(s string) string {
	last := ' '
	return Map(func(c rune) rune {
		start := !unicode.IsLetter(last) && !unicode.IsDigit(last) && last != '_'
		last = c
		if start {
			return unicode.ToTitle(c)
		}
		return c
	}, s)
}

func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

func ToValidUTF8(s, replacement string) string {
	var b Builder
	bad := false
	for i := 0; i < len(s); {
		c, size := utf8.DecodeRuneInString(s[i:])
		if c == utf8.RuneError && size == 1 {
			if !bad {
				b.WriteString(replacement)
			}
			bad = true
		} else {
			b.WriteString(s[i : i+size])
			bad = false
		}
		i += size
	}
	return b.String()
}

func TrimLeftFunc(s string, f func(rune) bool) string {
	for i, c := range s {
		if !f(c) {
			return s[i:]
		}
	}
	return ""
}

func TrimRightFunc(s string, f func(rune) bool) string {
	for s != "" {
		c, size := utf8.DecodeLastRuneInString(s)
		if !f(c) {
			break
		}
		s = s[:len(s)-size]
	}
	return s
}

func TrimFunc(s string, f func(rune) bool) string {
	return TrimRightFunc(TrimLeftFunc(s, f), f)
}

func in(cutset string) func(rune) bool {
	return func(c rune) bool { return IndexRune(cutset, c) >= 0 }
}

func Trim(s, cutset string) string      { return TrimFunc(s, in(cutset)) }
func TrimLeft(s, cutset string) string  { return TrimLeftFunc(s, in(cutset)) }
func TrimRight(s, cutset string) string { return TrimRightFunc(s, in(cutset)) }
func TrimSpace(s string) string         { return TrimFunc(s, unicode.IsSpace) }

func TrimPrefix(s, prefix string) string {
	s, _ = CutPrefix(s, prefix)
	return s
}

func TrimSuffix(s, suffix string) string {
	s, _ = CutSuffix(s, suffix)
	return s
}

func Cut(s, sep string) (before, after string, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}

func EqualFold(s, t string) bool {
	if len(s) == len(t) && s == t {
		return true
	}
	return ToLower(ToUpper(s)) == ToLower(ToUpper(t))
}

type Reader struct {
	s string
	i int
	r int // where the last rune began, or -1
}

func NewReader(s string) *Reader { return &Reader{s, 0, -1} }

func (r *Reader) Len() int       { return max(len(r.s)-r.i, 0) }
func (r *Reader) Size() int64    { return int64(len(r.s)) }
func (r *Reader) Reset(s string) { *r = Reader{s, 0, -1} }

func (r *Reader) Read(b []byte) (n int, err error) {
	if r.Len() == 0 {
		return 0, io.EOF
	}
	r.r = -1
	n = copy(b, r.s[r.i:])
	r.i += n
	return n, nil
}

func (r *Reader) ReadAt(b []byte, off int64) (n int, err error) {
	if off < 0 {
		return 0, errors.New("strings.Reader.ReadAt: negative offset")
	}
	if off >= int64(len(r.s)) {
		return 0, io.EOF
	}
	n = copy(b, r.s[off:])
	if n < len(b) {
		err = io.EOF
	}
	return n, err
}

func (r *Reader) ReadByte() (byte, error) {
	r.r = -1
	if r.Len() == 0 {
		return 0, io.EOF
	}
	r.i++
	return r.s[r.i-1], nil
}

func (r *Reader) UnreadByte() error {
	if r.i <= 0 {
		return errors.New("strings.Reader.UnreadByte: at beginning of string")
	}
	r.r = -1
	r.i--
	return nil
}

func (r *Reader) ReadRune() (ch rune, size int, err error) {
	if r.Len() == 0 {
		r.r = -1
		return 0, 0, io.EOF
	}
	r.r = r.i
	ch, size = utf8.DecodeRuneInString(r.s[r.i:])
	r.i += size
	return
}

func (r *Reader) UnreadRune() error {
	if r.i <= 0 {
		return errors.New("strings.Reader.UnreadRune: at beginning of string")
	}
	if r.r < 0 {
		return errors.New("strings.Reader.UnreadRune: previous operation was not ReadRune")
	}
	r.i = r.r
	r.r = -1
	return nil
}

func (r *Reader) Seek(offset int64, whence int) (int64, error) {
	r.r = -1
	switch whence {
	case io.SeekStart:
	case io.SeekCurrent:
		offset += int64(r.i)
	case io.SeekEnd:
		offset += int64(len(r.s))
	default:
		return 0, errors.New("strings.Reader.Seek: invalid whence")
	}
	if offset < 0 {
		return 0, errors.New("strings.Reader.Seek: negative position")
	}
	r.i = int(offset)
	return offset, nil
}

func (r *Reader) WriteTo(w io.Writer) (n int64, err error) {
	r.r = -1
	m, err := io.WriteString(w, r.s[min(r.i, len(r.s)):])
	r.i += m
	return int64(m), err
}

type Replacer struct{ pairs []string }

func NewReplacer(oldnew ...string) *Replacer {
	if len(oldnew)%2 == 1 {
		panic("strings.NewReplacer: odd argument count")
	}
	return &Replacer{append([]string(nil), oldnew...)}
}

func (r *Replacer) Replace(s string) string {
	var b Builder
	for i := 0; i <= len(s); {
		found := false
		for p := 0; p < len(r.pairs) && !found; p += 2 {
			if old := r.pairs[p]; HasPrefix(s[i:], old) {
				b.WriteString(r.pairs[p+1])
				i += len(old)
				found = old != ""
				if old == "" {
					break
				}
			}
		}
		if !found {
			if i < len(s) {
				b.WriteString(s[i : i+1])
			}
			i++
		}
	}
	return b.String()
}

func (r *Replacer) WriteString(w io.Writer, s string) (n int, err error) {
	return io.WriteString(w, r.Replace(s))
}
