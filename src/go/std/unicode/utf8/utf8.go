package utf8

const (
	RuneError = '\uFFFD'
	RuneSelf  = 0x80
	MaxRune   = '\U0010FFFF'
	UTFMax    = 4
)

// The language decodes: conversions and range loops do what is wanted here.

func DecodeRuneInString(s string) (rune, int) {
	if s == "" {
		return RuneError, 0
	}
	if c := s[0]; c < RuneSelf {
		return rune(c), 1
	}
	if len(s) > UTFMax {
		s = s[:UTFMax]
	}
	first := rune(-1)
	for i, r := range s {
		if first >= 0 {
			return first, i
		}
		first = r
	}
	return first, len(s)
}

func head(p []byte) string { return string(p[:min(len(p), UTFMax)]) }

func DecodeRune(p []byte) (rune, int) { return DecodeRuneInString(head(p)) }

func DecodeLastRuneInString(s string) (rune, int) {
	if s == "" {
		return RuneError, 0
	}
	for n := min(len(s), UTFMax); n > 1; n-- {
		if r, size := DecodeRuneInString(s[len(s)-n:]); size == n {
			return r, n
		}
	}
	return DecodeRuneInString(s[len(s)-1:])
}

func DecodeLastRune(p []byte) (rune, int) {
	return DecodeLastRuneInString(string(p[len(p)-min(len(p), UTFMax):]))
}

func RuneLen(r rune) int {
	switch {
	case r < 0 || r > MaxRune || r >= 0xD800 && r < 0xE000:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case r < 0x10000:
		return 3
	}
	return 4
}

func ValidRune(r rune) bool { return RuneLen(r) > 0 }

func AppendRune(p []byte, r rune) []byte { return append(p, string(r)...) }
func EncodeRune(p []byte, r rune) int    { return copy(p, string(r)) }

func RuneCountInString(s string) (n int) {
	for range s {
		n++
	}
	return
}

func RuneCount(p []byte) int { return RuneCountInString(string(p)) }

func ValidString(s string) bool {
	for i, r := range s {
		if r == RuneError && (len(s) < i+3 || s[i:i+3] != "\uFFFD") {
			return false
		}
	}
	return true
}

func Valid(p []byte) bool         { return ValidString(string(p)) }
func RuneStart(b byte) bool       { return b&0xC0 != 0x80 }
func FullRune(p []byte) bool      { return FullRuneInString(head(p)) }
func FullRuneInString(s string) bool {
	if s == "" {
		return false
	}
	need := 1
	switch c := s[0]; {
	case c >= 0xC2 && c < 0xE0:
		need = 2
	case c >= 0xE0 && c < 0xF0:
		need = 3
	case c >= 0xF0 && c < 0xF5:
		need = 4
	}
	if len(s) >= need {
		return true
	}
	for i := 1; i < len(s); i++ {
		if RuneStart(s[i]) {
			return true
		}
	}
	return false
}
