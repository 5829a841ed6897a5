package fmt

import (
	"errors"
	"io"
	"os"
	"strconv"
)

type Scanner interface {
	Scan(state ScanState, verb rune) error
}

type ScanState interface {
	ReadRune() (r rune, size int, err error)
	UnreadRune() error
	SkipSpace()
	Token(skipSpace bool, f func(rune) bool) (token []byte, err error)
	Width() (wid int, ok bool)
	Read(buf []byte) (n int, err error)
}

// A source reads runes and takes one back.
type source struct {
	from  io.Reader
	text  string // what is left when reading from a string
	plain bool   // whether that is so
	back  rune   // taken back, or -1
	last  rune
	lines bool // a newline ends the operands
}

func fromString(text string, lines bool) *source {
	return &source{text: text, plain: true, back: -1, lines: lines}
}

func fromReader(r io.Reader, lines bool) *source { return &source{from: r, back: -1, lines: lines} }

// next gives -1 at the end.
func (s *source) next() rune {
	if s.back >= 0 {
		r := s.back
		s.back = -1
		return r
	}
	if s.plain {
		if s.text == "" {
			return -1
		}
		for i, r := range s.text {
			if i > 0 {
				s.text = s.text[i:]
				return s.seen(s.last)
			}
			s.last = r
		}
		s.text = ""
		return s.seen(s.last)
	}
	if r, ok := s.from.(io.RuneScanner); ok {
		c, _, err := r.ReadRune()
		if err != nil {
			return -1
		}
		return s.seen(c)
	}
	var b [4]byte
	for n := 1; n <= 4; n++ {
		if k, err := s.from.Read(b[n-1 : n]); k == 0 || err != nil && k == 0 {
			return -1
		}
		if b[0] < 0x80 {
			return s.seen(rune(b[0]))
		}
		if r := []rune(string(b[:n])); len(r) == 1 && r[0] != 0xFFFD {
			return s.seen(r[0])
		}
	}
	return s.seen(0xFFFD)
}

func (s *source) seen(r rune) rune {
	s.last = r
	return r
}

func (s *source) unread(r rune) { s.back = r }

// leave gives a rune that was taken back to the reader, if it takes it.
func (s *source) leave() {
	if s.back >= 0 && !s.plain {
		if r, ok := s.from.(io.RuneScanner); ok {
			r.UnreadRune()
		}
	}
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' }

var errNewline = errors.New("unexpected newline")
var errExpected = errors.New("expected newline")

// skip skips space; a newline is an error when it ends the operands.
func (s *source) skip() error {
	for {
		r := s.next()
		switch {
		case r < 0:
			return nil
		case r == '\n' && s.lines:
			s.unread(r)
			return errNewline
		case !isSpace(r):
			s.unread(r)
			return nil
		}
	}
}

// token reads up to the next space, at most so many runes.
func (s *source) token(most int) string {
	var b []rune
	for len(b) < most {
		r := s.next()
		if r < 0 {
			break
		}
		if isSpace(r) {
			s.unread(r)
			break
		}
		b = append(b, r)
	}
	return string(b)
}

// number reads what may belong to a number, at most so many runes.
func (s *source) number(most int, more string, sign bool) string {
	var b []rune
	for len(b) < most {
		r := s.next()
		if r < 0 {
			break
		}
		digit := r >= '0' && r <= '9' || r == '_' || (r == '+' || r == '-') && (len(b) == 0 && sign || len(b) > 0 && b[len(b)-1] == 'e' && len(more) > 6)
		for _, c := range more {
			digit = digit || c == r
		}
		if !digit {
			s.unread(r)
			break
		}
		b = append(b, r)
	}
	return string(b)
}

const letters = "abcdefABCDEF"

func base(verb rune) int {
	switch verb {
	case 'b':
		return 2
	case 'o':
		return 8
	case 'x', 'X':
		return 16
	case 'd':
		return 10
	}
	return 0
}

// numeral reads an integer; under %v its prefix says the base.
func (s *source) numeral(verb rune, most int) string {
	switch verb {
	case 'x', 'X':
		return s.number(most, letters, true)
	case 'v':
		text := s.number(min(most, 1), "", true)
		if text == "+" || text == "-" {
			text += s.number(min(most-1, 1), "", false)
		}
		more := ""
		if text != "" && text[len(text)-1] == '0' && len(text) < most {
			r := s.next()
			switch r {
			case 'x', 'X':
				more = letters
				text += string(r)
			case 'b', 'B', 'o', 'O':
				text += string(r)
			default:
				if r >= 0 {
					s.unread(r)
				}
			}
		}
		if text == "" || text == "+" || text == "-" {
			return text
		}
		return text + s.number(most-len(text), more, false)
	}
	return s.number(most, "", true)
}

func (s *source) integer(verb rune, most, bits int) (int64, error) {
	if verb == 'c' {
		r := s.next()
		if r < 0 {
			return 0, io.EOF
		}
		return int64(r), nil
	}
	if err := s.skip(); err != nil {
		return 0, err
	}
	text := s.numeral(verb, most)
	if text == "" {
		return 0, s.missing("expected integer")
	}
	v, err := strconv.ParseInt(text, base(verb), bits)
	if err != nil && errors.Is(err, strconv.ErrRange) {
		return 0, errors.New("integer overflow on token " + text)
	}
	if err != nil {
		return 0, errors.New("expected integer")
	}
	return v, nil
}

func (s *source) unsigned(verb rune, most, bits int) (uint64, error) {
	if err := s.skip(); err != nil {
		return 0, err
	}
	text := s.numeral(verb, most)
	if text == "" {
		return 0, s.missing("expected integer")
	}
	v, err := strconv.ParseUint(text, base(verb), bits)
	if err != nil && errors.Is(err, strconv.ErrRange) {
		return 0, errors.New("unsigned integer overflow on token " + text)
	}
	if err != nil {
		return 0, errors.New("expected integer")
	}
	return v, nil
}

func (s *source) missing(text string) error {
	r := s.next()
	if r < 0 {
		return io.ErrUnexpectedEOF
	}
	s.unread(r)
	return errors.New(text)
}

func (s *source) float(most, bits int) (float64, error) {
	if err := s.skip(); err != nil {
		return 0, err
	}
	text := s.number(most, ".eEpPxXinfINFaNy", true)
	if text == "" {
		return 0, s.missing("expected float")
	}
	return strconv.ParseFloat(text, bits)
}

func (s *source) word(verb rune, most int) (string, error) {
	if err := s.skip(); err != nil {
		return "", err
	}
	if verb == 'q' {
		quote := s.next()
		b := []rune{quote}
		for {
			r := s.next()
			if r < 0 {
				return "", io.ErrUnexpectedEOF
			}
			b = append(b, r)
			if r == quote {
				return strconv.Unquote(string(b))
			}
			if r == '\\' && quote == '"' {
				b = append(b, s.next())
			}
		}
	}
	text := s.token(most)
	if text == "" {
		return "", io.ErrUnexpectedEOF
	}
	return text, nil
}

func (s *source) one(a any, verb rune, most int) (err error) {
	var i int64
	var u uint64
	var f float64
	var text string
	switch p := a.(type) {
	case *int:
		i, err = s.integer(verb, most, 64)
		if err == nil {
			*p = int(i)
		}
	case *int8:
		i, err = s.integer(verb, most, 8)
		if err == nil {
			*p = int8(i)
		}
	case *int16:
		i, err = s.integer(verb, most, 16)
		if err == nil {
			*p = int16(i)
		}
	case *int32:
		i, err = s.integer(verb, most, 32)
		if err == nil {
			*p = int32(i)
		}
	case *int64:
		i, err = s.integer(verb, most, 64)
		if err == nil {
			*p = i
		}
	case *uint:
		u, err = s.unsigned(verb, most, 64)
		if err == nil {
			*p = uint(u)
		}
	case *uint8:
		u, err = s.unsigned(verb, most, 8)
		if err == nil {
			*p = uint8(u)
		}
	case *uint16:
		u, err = s.unsigned(verb, most, 16)
		if err == nil {
			*p = uint16(u)
		}
	case *uint32:
		u, err = s.unsigned(verb, most, 32)
		if err == nil {
			*p = uint32(u)
		}
	case *uint64:
		u, err = s.unsigned(verb, most, 64)
		if err == nil {
			*p = u
		}
	case *float64:
		f, err = s.float(most, 64)
		if err == nil {
			*p = f
		}
	case *float32:
		f, err = s.float(most, 32)
		if err == nil {
			*p = float32(f)
		}
	case *string:
		text, err = s.word(verb, most)
		if err == nil {
			*p = text
		}
	case *[]byte:
		text, err = s.word(verb, most)
		if err == nil {
			*p = []byte(text)
		}
	case *bool:
		text, err = s.word('s', most)
		if err == nil {
			*p, err = strconv.ParseBool(text)
			if err != nil {
				err = errors.New("syntax error scanning boolean")
			}
		}
	default:
		err = errors.New("can't scan type: " + Sprintf("%T", a))
	}
	return
}

const unbounded = 1 << 30

func (s *source) all(operands []any) (n int, err error) {
	defer s.leave()
	for _, a := range operands {
		if err = s.one(a, 'v', unbounded); err != nil {
			if err == io.ErrUnexpectedEOF && n == 0 {
				err = io.EOF
				if s.last != 0 && s.last != '\n' && s.plain {
					err = io.ErrUnexpectedEOF
				}
			}
			if err == io.EOF && n > 0 {
				err = io.ErrUnexpectedEOF
			}
			return
		}
		n++
	}
	if s.lines {
		for {
			r := s.next()
			if r < 0 || r == '\n' {
				break
			}
			if !isSpace(r) {
				s.unread(r)
				return n, errExpected
			}
		}
	}
	return
}

func (s *source) formatted(format string, operands []any) (n int, err error) {
	defer s.leave()
	runes := []rune(format)
	for i := 0; i < len(runes); i++ {
		c := runes[i]
		if isSpace(c) {
			for {
				r := s.next()
				if r < 0 {
					break
				}
				if !isSpace(r) {
					s.unread(r)
					break
				}
			}
			continue
		}
		if c != '%' || i+1 < len(runes) && runes[i+1] == '%' {
			if c == '%' {
				i++
			}
			r := s.next()
			if r != c {
				if r < 0 {
					return n, io.ErrUnexpectedEOF
				}
				s.unread(r)
				return n, errors.New("input does not match format")
			}
			continue
		}
		i++
		most := 0
		for i < len(runes) && runes[i] >= '0' && runes[i] <= '9' {
			most = most*10 + int(runes[i]-'0')
			i++
		}
		if most == 0 {
			most = unbounded
		}
		if i == len(runes) {
			return n, errors.New("too few operands for format '%'")
		}
		if n >= len(operands) {
			return n, errors.New("too few operands for format '%" + string(runes[i]) + "'")
		}
		if err = s.one(operands[n], runes[i], most); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return
		}
		n++
	}
	if n < len(operands) {
		err = errors.New("too many operands")
	}
	return
}

func Sscan(str string, a ...any) (n int, err error)   { return fromString(str, false).all(a) }
func Sscanln(str string, a ...any) (n int, err error) { return fromString(str, true).all(a) }

func Sscanf(str, format string, a ...any) (n int, err error) {
	return fromString(str, true).formatted(format, a)
}

func Fscan(r io.Reader, a ...any) (n int, err error)   { return fromReader(r, false).all(a) }
func Fscanln(r io.Reader, a ...any) (n int, err error) { return fromReader(r, true).all(a) }

func Fscanf(r io.Reader, format string, a ...any) (n int, err error) {
	return fromReader(r, true).formatted(format, a)
}

func Scan(a ...any) (n int, err error)   { return Fscan(os.Stdin, a...) }
func Scanln(a ...any) (n int, err error) { return Fscanln(os.Stdin, a...) }

func Scanf(format string, a ...any) (n int, err error) { return Fscanf(os.Stdin, format, a...) }
