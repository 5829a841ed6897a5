package bits

const UintSize = 64

func Len8(x uint8) (n int) {
	for ; x != 0; x >>= 1 {
		n++
	}
	return
}

func LeadingZeros8(x uint8) int { return 8 - Len8(x) }

func TrailingZeros8(x uint8) int {
	if x == 0 {
		return 8
	}
	return Len8(x&-x) - 1
}

func OnesCount8(x uint8) (n int) {
	for ; x != 0; x &= x - 1 {
		n++
	}
	return
}

func RotateLeft8(x uint8, k int) uint8 {
	s := uint(k) & 7
	return x<<s | x>>(8-s)
}

func Reverse8(x uint8) (r uint8) {
	for range 8 {
		r = r<<1 | x&1
		x >>= 1
	}
	return
}

func Len16(x uint16) (n int) {
	for ; x != 0; x >>= 1 {
		n++
	}
	return
}

func LeadingZeros16(x uint16) int { return 16 - Len16(x) }

func TrailingZeros16(x uint16) int {
	if x == 0 {
		return 16
	}
	return Len16(x&-x) - 1
}

func OnesCount16(x uint16) (n int) {
	for ; x != 0; x &= x - 1 {
		n++
	}
	return
}

func RotateLeft16(x uint16, k int) uint16 {
	s := uint(k) & 15
	return x<<s | x>>(16-s)
}

func Reverse16(x uint16) (r uint16) {
	for range 16 {
		r = r<<1 | x&1
		x >>= 1
	}
	return
}

func ReverseBytes16(x uint16) (r uint16) {
	for range 2 {
		r = r<<8 | x&255
		x >>= 8
	}
	return
}

func Len32(x uint32) (n int) {
	for ; x != 0; x >>= 1 {
		n++
	}
	return
}

func LeadingZeros32(x uint32) int { return 32 - Len32(x) }

func TrailingZeros32(x uint32) int {
	if x == 0 {
		return 32
	}
	return Len32(x&-x) - 1
}

func OnesCount32(x uint32) (n int) {
	for ; x != 0; x &= x - 1 {
		n++
	}
	return
}

func RotateLeft32(x uint32, k int) uint32 {
	s := uint(k) & 31
	return x<<s | x>>(32-s)
}

func Reverse32(x uint32) (r uint32) {
	for range 32 {
		r = r<<1 | x&1
		x >>= 1
	}
	return
}

func ReverseBytes32(x uint32) (r uint32) {
	for range 4 {
		r = r<<8 | x&255
		x >>= 8
	}
	return
}

func Len64(x uint64) (n int) {
	for ; x != 0; x >>= 1 {
		n++
	}
	return
}

func LeadingZeros64(x uint64) int { return 64 - Len64(x) }

func TrailingZeros64(x uint64) int {
	if x == 0 {
		return 64
	}
	return Len64(x&-x) - 1
}

func OnesCount64(x uint64) (n int) {
	for ; x != 0; x &= x - 1 {
		n++
	}
	return
}

func RotateLeft64(x uint64, k int) uint64 {
	s := uint(k) & 63
	return x<<s | x>>(64-s)
}

func Reverse64(x uint64) (r uint64) {
	for range 64 {
		r = r<<1 | x&1
		x >>= 1
	}
	return
}

func ReverseBytes64(x uint64) (r uint64) {
	for range 8 {
		r = r<<8 | x&255
		x >>= 8
	}
	return
}

func Len(x uint) int { return Len64(uint64(x)) }
func LeadingZeros(x uint) int { return LeadingZeros64(uint64(x)) }
func TrailingZeros(x uint) int { return TrailingZeros64(uint64(x)) }
func OnesCount(x uint) int { return OnesCount64(uint64(x)) }
func Reverse(x uint) uint { return uint(Reverse64(uint64(x))) }
func ReverseBytes(x uint) uint { return uint(ReverseBytes64(uint64(x))) }
func RotateLeft(x uint, k int) uint { return uint(RotateLeft64(uint64(x), k)) }

func Add64(x, y, carry uint64) (sum, carryOut uint64) {
	sum = x + y + carry
	return sum, (x&y | (x|y)&^sum) >> 63
}

func Sub64(x, y, borrow uint64) (diff, borrowOut uint64) {
	diff = x - y - borrow
	return diff, (^x&y | ^(x^y)&diff) >> 63
}

func Mul64(x, y uint64) (hi, lo uint64) {
	const low = 1<<32 - 1
	a, b, c, d := x>>32, x&low, y>>32, y&low
	mid := a*d + b*d>>32
	mid2 := b*c + mid&low
	return a*c + mid>>32 + mid2>>32, x * y
}

func Div64(hi, lo, y uint64) (quo, rem uint64) {
	if y == 0 {
		panic("runtime error: integer divide by zero")
	}
	if y <= hi {
		panic("runtime error: integer overflow")
	}
	rem = hi
	for i := 63; i >= 0; i-- {
		carry := rem >> 63
		rem = rem<<1 | lo>>i&1
		if carry != 0 || rem >= y {
			rem -= y
			quo |= 1 << i
		}
	}
	return
}

func Add(x, y, carry uint) (sum, carryOut uint) {
	s, c := Add64(uint64(x), uint64(y), uint64(carry))
	return uint(s), uint(c)
}

func Sub(x, y, borrow uint) (diff, borrowOut uint) {
	d, b := Sub64(uint64(x), uint64(y), uint64(borrow))
	return uint(d), uint(b)
}

func Mul(x, y uint) (hi, lo uint) {
	h, l := Mul64(uint64(x), uint64(y))
	return uint(h), uint(l)
}

func Div(hi, lo, y uint) (quo, rem uint) {
	q, r := Div64(uint64(hi), uint64(lo), uint64(y))
	return uint(q), uint(r)
}
