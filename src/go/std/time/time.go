package time

type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

func (d Duration) Nanoseconds() int64  { return int64(d) }
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

func (d Duration) in(unit Duration) float64 {
	return float64(d/unit) + float64(d%unit)/float64(unit)
}

func (d Duration) Seconds() float64 { return d.in(Second) }
func (d Duration) Minutes() float64 { return d.in(Minute) }
func (d Duration) Hours() float64   { return d.in(Hour) }

func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		if -r < m+r {
			return d - r
		}
		if rounded := d - m - r; rounded < d {
			return rounded
		}
		return -1 << 63
	}
	if r < m-r {
		return d - r
	}
	if rounded := d + m - r; rounded > d {
		return rounded
	}
	return 1<<63 - 1
}

func (d Duration) Abs() Duration {
	if d == -1<<63 {
		return 1<<63 - 1
	}
	return max(d, -d)
}

// digits writes v with at least width digits before what is in b.
func digits(v uint64, width int, b string) string {
	for v > 0 || width > 0 {
		b = string(rune('0'+v%10)) + b
		v /= 10
		width--
	}
	return b
}

// fraction writes v as v.fff, the last n digits behind the point, without zeros at the end.
func fraction(v uint64, n int) string {
	unit := uint64(1)
	for range n {
		unit *= 10
	}
	text := ""
	if f := v % unit; f > 0 {
		for f%10 == 0 {
			f /= 10
			n--
		}
		text = "." + digits(f, n, "")
	}
	return digits(v/unit, 1, text)
}

func (d Duration) String() string {
	u, sign := uint64(d), ""
	if d < 0 {
		u, sign = -u, "-"
	}
	switch {
	case u == 0:
		return "0s"
	case u < uint64(Microsecond):
		return sign + digits(u, 1, "ns")
	case u < uint64(Millisecond):
		return sign + fraction(u, 3) + "µs"
	case u < uint64(Second):
		return sign + fraction(u, 6) + "ms"
	}
	minute := uint64(Minute)
	text := fraction(u%minute, 9) + "s"
	if u >= minute {
		text = digits(u/minute%60, 1, "m") + text
	}
	if u >= 60*minute {
		text = digits(u/(60*minute), 1, "h") + text
	}
	return sign + text
}

type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

const monthNames = "January  February March    April    May      June     July     August   SeptemberOctober  November December "

func pick(names string, width, at int) string {
	name := names[at*width : (at+1)*width]
	for name[len(name)-1] == ' ' {
		name = name[:len(name)-1]
	}
	return name
}

func (m Month) String() string {
	if m < January || m > December {
		return "%!Month(" + digits(uint64(m), 1, ")")
	}
	return pick(monthNames, 9, int(m)-1)
}

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

func (d Weekday) String() string {
	if d < Sunday || d > Saturday {
		return "%!Weekday(" + digits(uint64(d), 1, ")")
	}
	return pick("Sunday   Monday   Tuesday  WednesdayThursday Friday   Saturday ", 9, int(d))
}

type Location struct {
	name   string
	offset int
}

var (
	utc          = Location{name: "UTC"}
	local        = Location{name: "Local"}
	UTC          = &utc
	Local        = &local
)

func (l *Location) String() string {
	if l == nil {
		return "UTC"
	}
	return l.name
}

func FixedZone(name string, offset int) *Location { return &Location{name, offset} }

func LoadLocation(name string) (*Location, error) {
	switch name {
	case "", "UTC":
		return UTC, nil
	case "Local":
		return Local, nil
	}
	return nil, &failure{"unknown time zone " + name}
}

type failure struct{ text string }

func (f *failure) Error() string { return f.text }

// Time is, in words: seconds since the year 1, nanoseconds, the monotonic clock plus one (or 0
// for none), the location (nil for UTC). The machine makes such values for timers.
type Time struct {
	sec, nsec int64
	mono      int64
	loc       *Location
}

const (
	unixToYear1 = 62135596800
	daySeconds  = 86400
)

// now is the wall clock, in nanoseconds since 1970.
func now() int64

// runtimeNano is the clock since the program began.
func runtimeNano() int64

func Now() Time {
	t := Unix(0, now())
	t.mono = runtimeNano() + 1
	t.loc = Local
	return t
}

func normal(sec, nsec, mono int64, loc *Location) Time {
	sec += nsec / 1e9
	nsec %= 1e9
	if nsec < 0 {
		nsec += 1e9
		sec--
	}
	return Time{sec, nsec, mono, loc}
}

func Unix(sec, nsec int64) Time { return normal(sec+unixToYear1, nsec, 0, Local) }

func UnixMilli(msec int64) Time  { return Unix(msec/1e3, msec%1e3*1e6) }
func UnixMicro(usec int64) Time  { return Unix(usec/1e6, usec%1e6*1e3) }
func Since(t Time) Duration      { return Now().Sub(t) }
func Until(t Time) Duration      { return t.Sub(Now()) }
func (t Time) Unix() int64       { return t.sec - unixToYear1 }
func (t Time) UnixNano() int64   { return t.Unix()*1e9 + t.nsec }
func (t Time) UnixMilli() int64  { return t.Unix()*1e3 + t.nsec/1e6 }
func (t Time) UnixMicro() int64  { return t.Unix()*1e6 + t.nsec/1e3 }
func (t Time) IsZero() bool      { return t.sec == 0 && t.nsec == 0 }
func (t Time) Nanosecond() int   { return int(t.nsec) }
func (t Time) Equal(u Time) bool { return t.Compare(u) == 0 }
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }
func (t Time) After(u Time) bool { return t.Compare(u) > 0 }

func (t Time) Compare(u Time) int {
	a, b := t.sec, u.sec
	if t.mono != 0 && u.mono != 0 {
		a, b = t.mono, u.mono
	} else if a == b {
		a, b = t.nsec, u.nsec
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (t Time) Add(d Duration) Time {
	mono := t.mono
	if mono != 0 {
		mono += int64(d)
	}
	return normal(t.sec+int64(d/Second), t.nsec+int64(d%Second), mono, t.loc)
}

func (t Time) Sub(u Time) Duration {
	if t.mono != 0 && u.mono != 0 {
		return Duration(t.mono - u.mono)
	}
	const most = 1<<63 - 1
	sec := t.sec - u.sec
	switch {
	case sec > most/1000000000:
		return most
	case sec < -most/1000000000:
		return -most - 1
	}
	return Duration(sec)*Second + Duration(t.nsec-u.nsec)
}

func (t Time) AddDate(years, months, days int) Time {
	y, m, d := t.Date()
	hour, min, sec := t.Clock()
	return Date(y+years, m+Month(months), d+days, hour, min, sec, int(t.nsec), t.Location())
}

func (t Time) in(loc *Location) Time {
	t.loc = loc
	return t
}

func (t Time) UTC() Time   { return t.in(nil) }
func (t Time) Local() Time { return t.in(Local) }

func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	if loc == UTC {
		loc = nil
	}
	return t.in(loc)
}

func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

func (t Time) Zone() (name string, offset int) {
	if t.loc == nil || t.loc == Local {
		return "UTC", 0
	}
	return t.loc.name, t.loc.offset
}

func (t Time) Round(d Duration) Time {
	t.mono = 0
	if d <= 0 {
		return t
	}
	r := t.since(d)
	if r+r < d {
		return t.Add(-r)
	}
	return t.Add(d - r)
}

func (t Time) Truncate(d Duration) Time {
	t.mono = 0
	if d <= 0 {
		return t
	}
	return t.Add(-t.since(d))
}

// since is the time since the last multiple of d.
func (t Time) since(d Duration) Duration {
	if d%Second == 0 {
		return Duration(t.sec%int64(d/Second))*Second + Duration(t.nsec)
	}
	// Seconds to nanoseconds digit by digit, so that nothing overflows.
	rest := t.sec % int64(d)
	for range 9 {
		digit := rest
		for range 9 {
			rest = (rest + digit) % int64(d)
		}
	}
	return Duration((rest + t.nsec) % int64(d))
}

// wall is the number of seconds since the year 1 on the clock of the location.
func (t Time) wall() int64 {
	_, offset := t.Zone()
	return t.sec + int64(offset)
}

func (t Time) Clock() (hour, min, sec int) {
	s := int(t.wall() % daySeconds)
	if s < 0 {
		s += daySeconds
	}
	return s / 3600, s / 60 % 60, s % 60
}

func (t Time) Hour() int {
	hour, _, _ := t.Clock()
	return hour
}

func (t Time) Minute() int {
	_, min, _ := t.Clock()
	return min
}

func (t Time) Second() int {
	_, _, sec := t.Clock()
	return sec
}

// days is the number of days since the year 1.
func (t Time) days() int64 {
	s := t.wall()
	d := s / daySeconds
	if s%daySeconds < 0 {
		d--
	}
	return d
}

func (t Time) Weekday() Weekday { return Weekday(((t.days()+1)%7 + 7) % 7) }

// daysBefore is the number of days from the start of the year 1 to the start of a year.
func daysBefore(year int) int64 {
	y := int64(year) - 1
	leap := func(n int64) int64 {
		if y < 0 {
			return (y - n + 1) / n
		}
		return y / n
	}
	return y*365 + leap(4) - leap(100) + leap(400)
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func monthDays(year int, m Month) int {
	switch m {
	case February:
		if isLeap(year) {
			return 29
		}
		return 28
	case April, June, September, November:
		return 30
	}
	return 31
}

func (t Time) yearAndDay() (year, day int) {
	days := t.days()
	year = int(days/366) + 1
	if days < 0 {
		year = int(days/365) - 1
	}
	for daysBefore(year+1) <= days {
		year++
	}
	return year, int(days - daysBefore(year))
}

func (t Time) YearDay() int {
	_, day := t.yearAndDay()
	return day + 1
}

func (t Time) Date() (year int, month Month, day int) {
	year, day = t.yearAndDay()
	month = January
	for day >= monthDays(year, month) {
		day -= monthDays(year, month)
		month++
	}
	return year, month, day + 1
}

func (t Time) Year() int {
	year, _ := t.yearAndDay()
	return year
}

func (t Time) Month() Month {
	_, month, _ := t.Date()
	return month
}

func (t Time) Day() int {
	_, _, day := t.Date()
	return day
}

func (t Time) ISOWeek() (year, week int) {
	t = t.AddDate(0, 0, 3-int(t.Weekday()+6)%7)
	year, day := t.yearAndDay()
	return year, day/7 + 1
}

func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	m := int(month) - 1
	year += m / 12
	m %= 12
	if m < 0 {
		m += 12
		year--
	}
	days := daysBefore(year) + int64(day) - 1
	for month := January; month <= Month(m); month++ {
		days += int64(monthDays(year, month))
	}
	s := days*daySeconds + int64(hour)*3600 + int64(min)*60 + int64(sec)
	if loc == UTC {
		loc = nil
	}
	t := normal(s, int64(nsec), 0, loc)
	_, offset := t.Zone()
	t.sec -= int64(offset)
	return t
}
