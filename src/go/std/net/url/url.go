package url

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

type Error struct {
	Op  string
	URL string
	Err error
}

func (e *Error) Unwrap() error { return e.Err }
func (e *Error) Error() string { return e.Op + " " + strconv.Quote(e.URL) + ": " + e.Err.Error() }

func (e *Error) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

type EscapeError string

func (e EscapeError) Error() string { return "invalid URL escape " + strconv.Quote(string(e)) }

type Userinfo struct{ text string }

func (u *Userinfo) String() string { return u.text }

type URL struct {
	Scheme   string
	Opaque   string
	User     *Userinfo
	Host     string
	Path     string
	RawPath  string
	RawQuery string
	Fragment string
}

func Parse(raw string) (*URL, error) {
	u, err := parse(raw)
	if err != nil {
		return nil, &Error{"parse", raw, err}
	}
	return u, nil
}

func ParseRequestURI(raw string) (*URL, error) {
	if !strings.HasPrefix(raw, "/") && !strings.Contains(raw, "://") {
		return nil, &Error{"parse", raw, errors.New("invalid URI for request")}
	}
	return Parse(raw)
}

func parse(raw string) (u *URL, err error) {
	for i := 0; i < len(raw); i++ {
		if raw[i] < ' ' || raw[i] == 0x7f {
			return nil, errors.New("net/url: invalid control character in URL")
		}
	}
	u = new(URL)
	rest, fragment, _ := strings.Cut(raw, "#")
	if u.Fragment, err = unescape(fragment, false); err != nil {
		return nil, err
	}
	rest, u.RawQuery, _ = strings.Cut(rest, "?")
	if i := strings.IndexAny(rest, ":/"); i >= 0 && rest[i] == ':' {
		if i == 0 {
			return nil, errors.New("missing protocol scheme")
		}
		if letter := rest[0] | 0x20; letter < 'a' || letter > 'z' {
			return nil, errors.New("first path segment in URL cannot contain colon")
		}
		u.Scheme, rest = strings.ToLower(rest[:i]), rest[i+1:]
		if !strings.HasPrefix(rest, "/") {
			u.Opaque = rest
			return u, nil
		}
	}
	if after, ok := strings.CutPrefix(rest, "//"); ok {
		authority, path := after, ""
		if i := strings.IndexByte(after, '/'); i >= 0 {
			authority, path = after[:i], after[i:]
		}
		if i := strings.LastIndexByte(authority, '@'); i >= 0 {
			u.User, authority = &Userinfo{authority[:i]}, authority[i+1:]
		}
		if strings.ContainsAny(authority, " ") {
			return nil, errors.New("invalid character \" \" in host name")
		}
		u.Host, rest = authority, path
	}
	u.Path, err = unescape(rest, false)
	return u, err
}

func (u *URL) String() string {
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme + ":")
	}
	if u.Opaque != "" {
		b.WriteString(u.Opaque)
	} else {
		if u.Host != "" || u.User != nil {
			b.WriteString("//")
			if u.User != nil {
				b.WriteString(u.User.text + "@")
			}
			b.WriteString(u.Host)
		}
		b.WriteString(escape(u.Path, "/:@&=+$,;~!*'()"))
	}
	if u.RawQuery != "" {
		b.WriteString("?" + u.RawQuery)
	}
	if u.Fragment != "" {
		b.WriteString("#" + escape(u.Fragment, "/:@&=+$,;~!*'()?"))
	}
	return b.String()
}

func (u *URL) IsAbs() bool   { return u.Scheme != "" }
func (u *URL) Query() Values { v, _ := ParseQuery(u.RawQuery); return v }

func (u *URL) Hostname() string { host, _ := u.split(); return host }
func (u *URL) Port() string     { _, port := u.split(); return port }

func (u *URL) split() (host, port string) {
	i := strings.LastIndexByte(u.Host, ':')
	if i < 0 || strings.HasSuffix(u.Host, "]") {
		return strings.Trim(u.Host, "[]"), ""
	}
	return strings.Trim(u.Host[:i], "[]"), u.Host[i+1:]
}

type Values map[string][]string

func (v Values) Get(key string) string {
	if list := v[key]; len(list) > 0 {
		return list[0]
	}
	return ""
}

func (v Values) Set(key, value string) { v[key] = []string{value} }
func (v Values) Add(key, value string) { v[key] = append(v[key], value) }
func (v Values) Del(key string)        { delete(v, key) }
func (v Values) Has(key string) bool   { _, ok := v[key]; return ok }

func (v Values) Encode() string {
	var keys []string
	for key := range v {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var parts []string
	for _, key := range keys {
		for _, value := range v[key] {
			parts = append(parts, QueryEscape(key)+"="+QueryEscape(value))
		}
	}
	return strings.Join(parts, "&")
}

func ParseQuery(query string) (Values, error) {
	v := Values{}
	var first error
	for query != "" {
		var part string
		part, query, _ = strings.Cut(query, "&")
		if part == "" {
			continue
		}
		key, value, _ := strings.Cut(part, "=")
		key, err := QueryUnescape(key)
		if err == nil {
			value, err = QueryUnescape(value)
		}
		if err != nil {
			if first == nil {
				first = err
			}
			continue
		}
		v.Add(key, value)
	}
	return v, first
}

const hex = "0123456789ABCDEF"

func escape(s, plain string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || strings.IndexByte("-_.~", c) >= 0 || strings.IndexByte(plain, c) >= 0 {
			b.WriteByte(c)
		} else {
			b.WriteString("%" + hex[c>>4:c>>4+1] + hex[c&15:c&15+1])
		}
	}
	return b.String()
}

func unescape(s string, plus bool) (string, error) {
	if !strings.Contains(s, "%") && !(plus && strings.Contains(s, "+")) {
		return s, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+' && plus:
			b.WriteByte(' ')
		case s[i] == '%':
			if i+2 >= len(s) {
				return "", EscapeError(s[i:])
			}
			n, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err != nil {
				return "", EscapeError(s[i : i+3])
			}
			b.WriteByte(byte(n))
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), nil
}

func QueryEscape(s string) string            { return strings.ReplaceAll(escape(s, " "), " ", "+") }
func QueryUnescape(s string) (string, error) { return unescape(s, true) }
func PathEscape(s string) string             { return escape(s, ":@&=+$") }
func PathUnescape(s string) (string, error)  { return unescape(s, false) }
