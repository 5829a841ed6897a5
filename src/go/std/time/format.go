package time

const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

// The words of a layout; of two that begin alike, the longer stands first.
var words = []string{
	"January", "Jan", "Monday", "Mon", "MST", "2006", "-07:00:00", "-07:00", "-0700", "-07",
	"Z07:00:00", "Z07:00", "Z0700", "Z07", "__2", "_2", "002", "01", "02", "03", "04", "05", "06", "15",
	"PM", "pm", "1", "2", "3", "4", "5",
}

// next splits a layout at its first word. A fraction of a second is a word, too.
func next(layout string) (before, word, after string) {
	for i := range len(layout) {
		rest := layout[i:]
		if c := rest[0]; (c == '.' || c == ',') && len(rest) > 1 && (rest[1] == '0' || rest[1] == '9') {
			n := 1
			for n < len(rest) && rest[n] == rest[1] {
				n++
			}
			if n == len(rest) || rest[n] < '0' || rest[n] > '9' {
				return layout[:i], rest[:n], rest[n:]
			}
		}
		for _, word := range words {
			if len(rest) < len(word) || rest[:len(word)] != word {
				continue
			}
			if word == "Jan" && len(rest) > 3 && rest[3] >= 'a' && rest[3] <= 'z' || word == "_2" && len(rest) > 4 && rest[:5] == "_2006" {
				continue
			}
			return layout[:i], word, rest[len(word):]
		}
	}
	return layout, "", ""
}

func zone(offset int, word string) string {
	if word[0] == 'Z' && offset == 0 {
		return "Z"
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	text := sign + digits(uint64(offset/3600), 2, "")
	colon := ""
	if len(word) >= 6 {
		colon = ":"
	}
	if len(word) > 3 {
		text += colon + digits(uint64(offset/60%60), 2, "")
	}
	if len(word) > 6 {
		text += colon + digits(uint64(offset%60), 2, "")
	}
	return text
}

func padded(v int, fill string) string {
	text := digits(uint64(v), 1, "")
	if len(text) < 2 {
		text = fill + text
	}
	return text
}

func (t Time) word(word string) string {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	name, offset := t.Zone()
	switch word {
	case "January":
		return month.String()
	case "Jan":
		return month.String()[:3]
	case "Monday":
		return t.Weekday().String()
	case "Mon":
		return t.Weekday().String()[:3]
	case "MST":
		if name == "" {
			return zone(offset, "-0700")
		}
		return name
	case "2006":
		if year < 0 {
			return "-" + digits(uint64(-year), 4, "")
		}
		return digits(uint64(year), 4, "")
	case "06":
		return digits(uint64(year%100), 2, "")
	case "01":
		return padded(int(month), "0")
	case "1":
		return padded(int(month), "")
	case "02":
		return padded(day, "0")
	case "_2":
		return padded(day, " ")
	case "2":
		return padded(day, "")
	case "__2":
		text := digits(uint64(t.YearDay()), 1, "")
		return "   "[:3-len(text)] + text
	case "002":
		return digits(uint64(t.YearDay()), 3, "")
	case "15":
		return padded(hour, "0")
	case "03", "3":
		hour = (hour+11)%12 + 1
		if word == "3" {
			return padded(hour, "")
		}
		return padded(hour, "0")
	case "04":
		return padded(min, "0")
	case "4":
		return padded(min, "")
	case "05":
		return padded(sec, "0")
	case "5":
		return padded(sec, "")
	case "PM", "pm":
		text := "am"
		if hour >= 12 {
			text = "pm"
		}
		if word == "PM" {
			text = string([]byte{text[0] - 32, 'M'})
		}
		return text
	}
	if word[0] == '.' || word[0] == ',' {
		text := digits(uint64(t.nsec), 9, "")[:len(word)-1]
		if word[1] == '9' {
			for text != "" && text[len(text)-1] == '0' {
				text = text[:len(text)-1]
			}
			if text == "" {
				return ""
			}
		}
		return word[:1] + text
	}
	return zone(offset, word)
}

func (t Time) Format(layout string) string {
	text := ""
	for layout != "" {
		before, word, after := next(layout)
		text += before
		if word != "" {
			text += t.word(word)
		}
		layout = after
	}
	return text
}

func (t Time) AppendFormat(b []byte, layout string) []byte { return append(b, t.Format(layout)...) }

func (t Time) String() string {
	text := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.mono != 0 {
		m, sign := t.mono-1, "+"
		if m < 0 {
			m, sign = -m, "-"
		}
		text += " m=" + sign + digits(uint64(m/1e9), 1, ".") + digits(uint64(m%1e9), 9, "")
	}
	return text
}

type ParseError struct{ Layout, Value, LayoutElem, ValueElem, Message string }

func quote(s string) string { return "\"" + s + "\"" }

func (e *ParseError) Error() string {
	if e.Message == "" {
		return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) + " as " + quote(e.LayoutElem)
	}
	return "parsing time " + quote(e.Value) + e.Message
}

func Parse(layout, value string) (Time, error) { return ParseInLocation(layout, value, UTC) }

// number reads from least to most digits.
func number(s string, least, most int) (v int, rest string, ok bool) {
	n := 0
	for n < len(s) && n < most && s[n] >= '0' && s[n] <= '9' {
		v = v*10 + int(s[n]-'0')
		n++
	}
	return v, s[n:], n >= least
}

func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	whole, wanted := value, layout
	year, month, day, hour, minute, sec, nsec := 0, 1, 1, 0, 0, 0, 0
	yearDay := 0
	pm, twelve := false, false
	fail := func(elem string) (Time, error) {
		return Time{}, &ParseError{wanted, whole, elem, value, ""}
	}
	outside := func(what string) (Time, error) {
		return Time{}, &ParseError{wanted, whole, "", value, ": " + what + " out of range"}
	}
	for {
		before, word, after := next(layout)
		if len(value) < len(before) || value[:len(before)] != before {
			return fail(before)
		}
		value = value[len(before):]
		layout = after
		if word == "" {
			break
		}
		ok := true
		v := value
		switch word {
		case "2006":
			year, v, ok = number(v, 4, 4)
		case "06":
			year, v, ok = number(v, 2, 2)
			if year += 1900; year < 1969 {
				year += 100
			}
		case "01":
			month, v, ok = number(v, 2, 2)
		case "1":
			month, v, ok = number(v, 1, 2)
		case "02":
			day, v, ok = number(v, 2, 2)
		case "_2", "2":
			if word == "_2" && v != "" && v[0] == ' ' {
				v = v[1:]
			}
			day, v, ok = number(v, 1, 2)
		case "__2", "002":
			for word == "__2" && len(v) > 1 && v[0] == ' ' {
				v = v[1:]
			}
			yearDay, v, ok = number(v, 1, 3)
		case "15", "03":
			hour, v, ok = number(v, 2, 2)
		case "3":
			hour, v, ok = number(v, 1, 2)
		case "04":
			minute, v, ok = number(v, 2, 2)
		case "4":
			minute, v, ok = number(v, 1, 2)
		case "05", "5":
			sec, v, ok = number(v, len(word), 2)
			if ok && len(v) > 1 && (v[0] == '.' || v[0] == ',') && v[1] >= '0' && v[1] <= '9' {
				if _, next, _ := next(layout); next == "" || next[0] != v[0] {
					nsec, v = parseFraction(v)
				}
			}
		case "PM", "pm":
			if ok = len(v) >= 2; ok {
				pm = v[0]|32 == 'p'
				twelve = true
				ok = v[1]|32 == 'm' && (pm || v[0]|32 == 'a')
				v = v[2:]
			}
		case "January", "Jan":
			ok = false
			for m := January; m <= December; m++ {
				name := m.String()
				if word == "Jan" {
					name = name[:3]
				}
				if len(v) >= len(name) && v[:len(name)] == name {
					month, v, ok = int(m), v[len(name):], true
					break
				}
			}
		case "Monday", "Mon":
			ok = false
			for d := Sunday; d <= Saturday; d++ {
				name := d.String()
				if word == "Mon" {
					name = name[:3]
				}
				if len(v) >= len(name) && v[:len(name)] == name {
					v, ok = v[len(name):], true
					break
				}
			}
		case "MST":
			n := 0
			for n < len(v) && n < 4 && v[n] >= 'A' && v[n] <= 'Z' {
				n++
			}
			if ok = n >= 3; ok && v[:n] != "UTC" && v[:n] != "GMT" {
				loc = FixedZone(v[:n], 0)
			}
			v = v[n:]
		default:
			switch {
			case word[0] == '.' || word[0] == ',':
				if word[1] == '0' {
					ok = len(v) >= len(word) && v[0] == word[0]
				}
				if ok && v != "" && v[0] == word[0] {
					nsec, v = parseFraction(v)
				}
			case word[0] == 'Z' && v != "" && v[0] == 'Z':
				v = v[1:]
				loc = UTC
			default:
				loc, v, ok = parseZone(v, word)
			}
		}
		if !ok {
			return fail(word)
		}
		value = v
	}
	if value != "" {
		return Time{}, &ParseError{wanted, whole, "", value, ": extra text: " + quote(value)}
	}
	if twelve {
		hour %= 12
		if pm {
			hour += 12
		}
	}
	if yearDay > 0 && yearDay <= 366 {
		_, m, d := Date(year, January, yearDay, 0, 0, 0, 0, UTC).Date()
		month, day = int(m), d
	}
	switch {
	case month < 1 || month > 12:
		return outside("month")
	case day < 1 || day > monthDays(year, Month(month)):
		return outside("day")
	case hour > 23:
		return outside("hour")
	case minute > 59:
		return outside("minute")
	case sec > 59:
		return outside("second")
	}
	return Date(year, Month(month), day, hour, minute, sec, nsec, loc), nil
}

func parseFraction(v string) (nsec int, rest string) {
	v = v[1:]
	unit := 100000000
	for v != "" && v[0] >= '0' && v[0] <= '9' {
		nsec += int(v[0]-'0') * unit
		unit /= 10
		v = v[1:]
	}
	return nsec, v
}

func parseZone(v, word string) (loc *Location, rest string, ok bool) {
	if v == "" || v[0] != '+' && v[0] != '-' {
		return nil, v, false
	}
	sign := 1
	if v[0] == '-' {
		sign = -1
	}
	v = v[1:]
	offset := 0
	unit := 3600
	for n := len(word) - 1; n >= 2; n -= 2 {
		if unit < 3600 && len(word) >= 6 {
			if v == "" || v[0] != ':' {
				return nil, v, false
			}
			v = v[1:]
			n--
		}
		part, rest, ok := number(v, 2, 2)
		if !ok {
			return nil, v, false
		}
		offset += part * unit
		unit /= 60
		v = rest
	}
	if offset == 0 {
		return UTC, v, true
	}
	return FixedZone("", sign*offset), v, true
}

func ParseDuration(s string) (Duration, error) {
	whole := s
	bad := func() (Duration, error) {
		return 0, &failure{"time: invalid duration " + quote(whole)}
	}
	negative := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	if s == "0" {
		return 0, nil
	}
	if s == "" {
		return bad()
	}
	var total uint64
	for s != "" {
		var v, f uint64
		scale := 1.0
		start := s
		for s != "" && s[0] >= '0' && s[0] <= '9' {
			if v > 1<<63/10 {
				return bad()
			}
			v = v*10 + uint64(s[0]-'0')
			s = s[1:]
		}
		any := len(s) < len(start)
		if s != "" && s[0] == '.' {
			s = s[1:]
			for s != "" && s[0] >= '0' && s[0] <= '9' {
				if f < 1<<58 {
					f = f*10 + uint64(s[0]-'0')
					scale *= 10
				}
				s = s[1:]
				any = true
			}
		}
		if !any {
			return bad()
		}
		n := 0
		for n < len(s) && s[n] != '.' && (s[n] < '0' || s[n] > '9') {
			n++
		}
		if n == 0 {
			return 0, &failure{"time: missing unit in duration " + quote(whole)}
		}
		var unit Duration
		switch s[:n] {
		case "ns":
			unit = Nanosecond
		case "us", "µs", "μs":
			unit = Microsecond
		case "ms":
			unit = Millisecond
		case "s":
			unit = Second
		case "m":
			unit = Minute
		case "h":
			unit = Hour
		default:
			return 0, &failure{"time: unknown unit " + quote(s[:n]) + " in duration " + quote(whole)}
		}
		s = s[n:]
		if v > 1<<63/uint64(unit) {
			return bad()
		}
		total += v*uint64(unit) + uint64(float64(f)*(float64(unit)/scale))
		if total > 1<<63 {
			return bad()
		}
	}
	if negative {
		return -Duration(total), nil
	}
	if total > 1<<63-1 {
		return bad()
	}
	return Duration(total), nil
}
