package unicode

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'
)

func IsLetter(r rune) bool
func IsDigit(r rune) bool
func IsNumber(r rune) bool
func IsSpace(r rune) bool
func IsUpper(r rune) bool
func IsLower(r rune) bool
func IsControl(r rune) bool
func IsPunct(r rune) bool
func IsPrint(r rune) bool
func ToUpper(r rune) rune
func ToLower(r rune) rune

func ToTitle(r rune) rune   { return ToUpper(r) }
func IsTitle(r rune) bool   { return false }
func IsGraphic(r rune) bool { return IsPrint(r) || r == '\u00A0' || r == '\u3000' }

func IsSymbol(r rune) bool {
	return IsPrint(r) && r != ' ' && !IsLetter(r) && !IsNumber(r) && !IsPunct(r)
}
