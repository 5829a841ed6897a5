package strconv

import (
	"errors"
	"unicode"
	"unicode/utf8"
)

const IntSize = 64

var (
	ErrRange  = errors.New("value out of range")
	ErrSyntax = errors.New("invalid syntax")
)

type NumError struct {
	Func string
	Num  string
	Err  error
}

func (e *NumError) Error() string {
	return "strconv." + e.Func + ": parsing " + Quote(e.Num) + ": " + e.Err.Error()
}

func (e *NumError) Unwrap() error { return e.Err }

func Itoa(i int) string
func Quote(s string) string
func QuoteToASCII(s string) string
func QuoteRune(r rune) string

// Precision -1 asks for the shortest text that reads back as f; the verb is e, E, f, g, G, x, b.
func formatFloat(f float64, verb byte, precision, bits int) string

// The failure is 1 for bad syntax, 2 for a value out of range.
func parseFloat(s string, bits int) (value float64, failure int)
func unquote(s string) (text string, ok bool)

func fail(fn, s string, err error) error { return &NumError{fn, s, err} }

func FormatFloat(f float64, fmt byte, prec, bitSize int) string {
	return formatFloat(f, fmt, prec, bitSize)
}

func ParseFloat(s string, bitSize int) (float64, error) {
	digits := s
	for i := range len(s) {
		if s[i] == '_' && underscores(s) {
			digits = ""
			for _, c := range s {
				if c != '_' {
					digits += string(c)
				}
			}
			break
		}
	}
	f, failure := parseFloat(digits, bitSize)
	switch failure {
	case 1:
		return 0, fail("ParseFloat", s, ErrSyntax)
	case 2:
		return f, fail("ParseFloat", s, ErrRange)
	}
	return f, nil
}

func ParseBool(str string) (bool, error) {
	switch str {
	case "1", "t", "T", "true", "TRUE", "True":
		return true, nil
	case "0", "f", "F", "false", "FALSE", "False":
		return false, nil
	}
	return false, fail("ParseBool", str, ErrSyntax)
}

func FormatBool(b bool) string {
	if b {
		return "true"
	}
	return "false"
}

// underscores reports whether those in s stand between digits, or after a prefix.
func underscores(s string) bool {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	last := byte('^')
	hex := len(s) > 1 && s[0] == '0' && s[1]|32 == 'x'
	for i := range len(s) {
		c := s[i]
		digit := c >= '0' && c <= '9' || hex && c|32 >= 'a' && c|32 <= 'f'
		switch {
		case digit || i == 1 && s[0] == '0' && c != '_' && c|32 >= 'a':
			c = '0'
		case c == '_' && last != '0', c != '_' && last == '_':
			return false
		case c != '_':
			c = '^'
		}
		last = c
	}
	return last != '_'
}

func parseUint(s string, base, bitSize int) (uint64, error) {
	if s == "" {
		return 0, ErrSyntax
	}
	digits, prefixed := s, base == 0
	switch {
	case base >= 2 && base <= 36:
	case base == 0:
		base = 10
		if s[0] == '0' {
			base = 8
			digits = s[1:]
			if len(s) > 2 {
				switch s[1] | 32 {
				case 'b':
					base, digits = 2, s[2:]
				case 'o':
					base, digits = 8, s[2:]
				case 'x':
					base, digits = 16, s[2:]
				}
			}
		}
	default:
		return 0, errors.New("invalid base " + Itoa(base))
	}
	if bitSize == 0 {
		bitSize = 64
	} else if bitSize < 0 || bitSize > 64 {
		return 0, errors.New("invalid bit size " + Itoa(bitSize))
	}
	largest := uint64(1<<64-1) >> (64 - bitSize)
	var v uint64
	over := false
	for i := range len(digits) {
		c := digits[i]
		d := byte(255)
		switch {
		case c == '_' && prefixed:
			continue
		case c >= '0' && c <= '9':
			d = c - '0'
		case c|32 >= 'a' && c|32 <= 'z':
			d = c|32 - 'a' + 10
		}
		if int(d) >= base {
			return 0, ErrSyntax
		}
		next := v*uint64(base) + uint64(d)
		if v > (1<<64-1)/uint64(base) || next < v*uint64(base) || next > largest {
			over = true
		}
		v = next
	}
	if prefixed && !underscores(s) {
		return 0, ErrSyntax
	}
	if over {
		return largest, ErrRange
	}
	return v, nil
}

func ParseUint(s string, base int, bitSize int) (uint64, error) {
	v, err := parseUint(s, base, bitSize)
	if err != nil {
		return v, fail("ParseUint", s, err)
	}
	return v, nil
}

func parseInt(fn, s string, base int, bitSize int) (int64, error) {
	digits := s
	negative := false
	if s != "" && (s[0] == '+' || s[0] == '-') {
		negative = s[0] == '-'
		digits = s[1:]
	}
	v, err := parseUint(digits, base, bitSize)
	if err != nil && err != ErrRange {
		return 0, fail(fn, s, err)
	}
	if bitSize == 0 {
		bitSize = 64
	}
	limit := uint64(1) << (bitSize - 1)
	switch {
	case negative && v > limit:
		return -int64(limit), fail(fn, s, ErrRange)
	case !negative && v >= limit:
		return int64(limit - 1), fail(fn, s, ErrRange)
	case negative:
		return -int64(v), nil
	}
	return int64(v), nil
}

func ParseInt(s string, base int, bitSize int) (int64, error) {
	return parseInt("ParseInt", s, base, bitSize)
}

func Atoi(s string) (int, error) {
	v, err := parseInt("Atoi", s, 10, 0)
	return int(v), err
}

func FormatUint(i uint64, base int) string {
	if base < 2 || base > 36 {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	var b [64]byte
	at := len(b)
	for {
		at--
		b[at] = "0123456789abcdefghijklmnopqrstuvwxyz"[i%uint64(base)]
		i /= uint64(base)
		if i == 0 {
			return string(b[at:])
		}
	}
}

func FormatInt(i int64, base int) string {
	if i < 0 {
		return "-" + FormatUint(-uint64(i), base)
	}
	return FormatUint(uint64(i), base)
}

func AppendInt(dst []byte, i int64, base int) []byte   { return append(dst, FormatInt(i, base)...) }
func AppendUint(dst []byte, i uint64, base int) []byte { return append(dst, FormatUint(i, base)...) }
func AppendBool(dst []byte, b bool) []byte             { return append(dst, FormatBool(b)...) }
func AppendQuote(dst []byte, s string) []byte          { return append(dst, Quote(s)...) }
func AppendQuoteRune(dst []byte, r rune) []byte        { return append(dst, QuoteRune(r)...) }
func AppendFloat(dst []byte, f float64, fmt byte, prec, bitSize int) []byte {
	return append(dst, FormatFloat(f, fmt, prec, bitSize)...)
}

func Unquote(s string) (string, error) {
	text, ok := unquote(s)
	if !ok {
		return "", ErrSyntax
	}
	return text, nil
}

func CanBackquote(s string) bool {
	for _, r := range s {
		if r == '`' || r == '\u007F' || r == '\uFEFF' || r == utf8.RuneError || r < ' ' && r != '\t' {
			return false
		}
	}
	return true
}

func IsPrint(r rune) bool { return unicode.IsPrint(r) }
