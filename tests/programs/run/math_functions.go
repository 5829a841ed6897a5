package main

import (
	"fmt"
	"math"
	"math/bits"
)

func main() {
	fmt.Println(math.Sqrt(2), math.Pow(2, 10), math.Floor(-1.5), math.Ceil(1.2), math.Trunc(-1.7), math.Round(2.5), math.Abs(-3))
	fmt.Println(math.MaxInt64, math.MinInt64, uint64(math.MaxUint64), math.MaxInt8, math.Pi)
	fmt.Println(math.Inf(1), math.Inf(-1), math.NaN(), math.IsNaN(math.NaN()), math.IsInf(math.Inf(-1), -1))
	fmt.Println(math.Max(1, 2), math.Min(1, 2), math.Mod(7, 3), math.Hypot(3, 4), math.Cbrt(27))
	fmt.Printf("%.4f %.4f %.4f %.4f\n", math.Sin(1), math.Log(10), math.Exp(1), math.Atan2(1, 1))
	fmt.Println(math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32)
	fmt.Println(bits.OnesCount(255), bits.LeadingZeros64(1), bits.TrailingZeros(8), bits.Len(1023), bits.Reverse8(1))
	whole, frac := math.Modf(3.25)
	fmt.Println(whole, frac, math.Float64bits(1.0), math.Signbit(-0.5))
}
