//! Exact fractions for untyped floating-point constants.
//!
//! Invariant: lowest terms, denominator above zero. Fractions that would grow beyond `LIMIT` bits are
//! rounded to 512 bits of mantissa, which the specification allows (256 are asked for).

use super::bigint::BigInt;
use std::cmp::Ordering;

/// Bits of numerator or denominator above which a fraction is rounded.
const LIMIT: usize = 4096;
const MANTISSA: usize = 512;

/// A fraction.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ratio {
    num: BigInt,
    den: BigInt,
}

impl From<BigInt> for Ratio {
    fn from(num: BigInt) -> Self {
        Ratio {
            num,
            den: BigInt::one(),
        }
    }
}

impl Ratio {
    /// `num / den` in lowest terms; the denominator is not zero.
    pub fn new(num: BigInt, den: BigInt) -> Ratio {
        let (num, den) = if den.is_negative() {
            (num.neg(), den.neg())
        } else {
            (num, den)
        };
        let zeros = num.trailing_zeros().min(den.trailing_zeros());
        let (mut a, mut b) = (num.abs(), den.clone());
        if num.is_zero() {
            return Ratio::from(num);
        }
        if den.bits() != den.trailing_zeros() + 1 {
            while !b.is_zero() {
                let rest = a.div_rem(&b).1;
                a = b;
                b = rest;
            }
        } else {
            // A power of two, the usual case: its common part is a power of two as well.
            a = BigInt::one().shl(zeros);
        }
        let result = Ratio {
            num: num.div_rem(&a).0,
            den: den.div_rem(&a).0,
        };
        result.rounded()
    }

    fn rounded(self) -> Ratio {
        if self.num.bits() <= LIMIT && self.den.bits() <= LIMIT {
            return self;
        }
        let shift = MANTISSA as i64 + self.den.bits() as i64 - self.num.bits() as i64;
        if shift.unsigned_abs() as usize > 4 * LIMIT {
            // Beyond every floating-point type: keep it as the power of two that it is nearest to.
            let power = BigInt::one().shl((4 * LIMIT).min(shift.unsigned_abs() as usize));
            return match (shift > 0, self.num.is_negative()) {
                (true, _) => Ratio {
                    num: BigInt::one(),
                    den: power,
                },
                (false, true) => Ratio::from(power.neg()),
                (false, false) => Ratio::from(power),
            };
        }
        let count = shift.unsigned_abs() as usize;
        if shift > 0 {
            let num = self.num.shl(count).div_rem(&self.den).0;
            let zeros = num.trailing_zeros().min(count);
            Ratio {
                num: num.shr(zeros),
                den: BigInt::one().shl(count - zeros),
            }
        } else {
            Ratio::from(self.num.div_rem(&self.den.shl(count)).0.shl(count))
        }
    }

    /// It is zero.
    pub fn is_zero(&self) -> bool {
        self.num.is_zero()
    }
    /// -1, 0 or 1 by sign.
    pub fn is_negative(&self) -> bool {
        self.num.is_negative()
    }
    /// The integer, if it is one.
    pub fn to_int(&self) -> Option<&BigInt> {
        (self.den == BigInt::one()).then_some(&self.num)
    }
    /// `-self`
    pub fn neg(&self) -> Ratio {
        Ratio {
            num: self.num.neg(),
            den: self.den.clone(),
        }
    }
    /// `self + other`
    pub fn add(&self, other: &Ratio) -> Ratio {
        let num = self.num.mul(&other.den).add(&other.num.mul(&self.den));
        Ratio::new(num, self.den.mul(&other.den))
    }
    /// `self - other`
    pub fn sub(&self, other: &Ratio) -> Ratio {
        self.add(&other.neg())
    }
    /// `self * other`
    pub fn mul(&self, other: &Ratio) -> Ratio {
        Ratio::new(self.num.mul(&other.num), self.den.mul(&other.den))
    }
    /// `self / other`; the divisor is not zero.
    pub fn div(&self, other: &Ratio) -> Ratio {
        Ratio::new(self.num.mul(&other.den), self.den.mul(&other.num))
    }
    /// By value.
    pub fn compare(&self, other: &Ratio) -> Ordering {
        self.num.mul(&other.den).cmp(&other.num.mul(&self.den))
    }

    /// The nearest value with `precision` bits whose last bit is worth at least 2^`lowest`, ties to even,
    /// as an `f64`; infinite from 2^`limit` on.
    fn round(&self, precision: i64, lowest: i64, limit: i64) -> f64 {
        if self.is_zero() {
            return 0.0;
        }
        let num = self.num.abs();
        let shift = precision + 2 - (num.bits() as i64 - self.den.bits() as i64);
        let (quotient, rest) = if shift >= 0 {
            num.shl(shift as usize).div_rem(&self.den)
        } else {
            num.div_rem(&self.den.shl(-shift as usize))
        };
        let mut low = (quotient.bits() as i64 - shift - precision).max(lowest);
        let drop = low + shift;
        let wide = quotient.to_u64().unwrap_or(0);
        let mut mantissa = if drop >= 64 { 0 } else { wide >> drop };
        if (1..=64).contains(&drop) {
            let lost = wide & (u64::MAX >> (64 - drop));
            let half = 1u64 << (drop - 1);
            let above = lost > half || lost == half && !rest.is_zero();
            if above || lost == half && mantissa & 1 == 1 {
                mantissa += 1;
            }
        }
        if mantissa >> precision != 0 {
            mantissa >>= 1;
            low += 1;
        }
        let bits = 64 - i64::from(mantissa.leading_zeros());
        let value = if low + bits > limit {
            f64::INFINITY
        } else {
            mantissa as f64 * power_of_two(low)
        };
        if self.is_negative() { -value } else { value }
    }

    /// The nearest `float64`, maybe infinite.
    pub fn to_f64(&self) -> f64 {
        self.round(53, -1074, 1024)
    }
    /// The nearest `float32`, maybe infinite.
    pub fn to_f32(&self) -> f64 {
        self.round(24, -149, 128)
    }
    /// The exact value of a finite float.
    pub fn from_f64(value: f64) -> Ratio {
        let bits = value.to_bits();
        let exponent = (bits >> 52 & 0x7ff) as i64;
        let fraction = bits & ((1 << 52) - 1);
        let (mantissa, power) = match exponent {
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, exponent - 1075),
        };
        let mantissa = BigInt::from(mantissa);
        let mantissa = if value < 0.0 {
            mantissa.neg()
        } else {
            mantissa
        };
        if power >= 0 {
            Ratio::from(mantissa.shl(power as usize))
        } else {
            Ratio::new(mantissa, BigInt::one().shl(-power as usize))
        }
    }

    /// Reads a Go floating-point literal; `None` if it is malformed or its exponent is absurd.
    pub fn parse(text: &str) -> Option<Ratio> {
        let text: String = text.chars().filter(|&c| c != '_').collect();
        let lower = text.to_ascii_lowercase();
        let (body, radix, mark) = match lower.strip_prefix("0x") {
            Some(rest) => (rest, 16, 'p'),
            None => (&*lower, 10, 'e'),
        };
        let (digits, exponent) = body.split_once(mark).unwrap_or((body, "0"));
        let exponent: i64 = exponent.parse().ok()?;
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if exponent.abs() > 20_000 || digits.len() > 20_000 {
            return None;
        }
        let num = BigInt::parse(&format!("{whole}{fraction}"), radix)?;
        let places = fraction.len() as i64;
        let (base, power) = if radix == 16 {
            (2, exponent - 4 * places)
        } else {
            (10, exponent - places)
        };
        let scale = BigInt::power(base, power.unsigned_abs() as usize);
        Some(if power >= 0 {
            Ratio::from(num.mul(&scale)).rounded()
        } else {
            Ratio::new(num, scale)
        })
    }
}

fn power_of_two(exponent: i64) -> f64 {
    match exponent {
        -1022..=1023 => f64::from_bits(((exponent + 1023) as u64) << 52),
        -1074..=-1023 => f64::from_bits(1 << (exponent + 1074)),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn floats_go_there_and_back(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            if value.is_finite() {
                prop_assert_eq!(Ratio::from_f64(value).to_f64(), value);
                prop_assert_eq!(Ratio::from_f64(value).to_f32(), f64::from(value as f32));
            }
        }

        #[test]
        fn reading_rounds_as_rust_does(text in "[0-9]{1,20}(\\.[0-9]{0,20})?(e-?[0-9]{1,3})?") {
            let value: f64 = text.parse().unwrap();
            prop_assert_eq!(Ratio::parse(&text).unwrap().to_f64(), value);
        }

        #[test]
        fn arithmetic_rounds_once(a in -1e9..1e9, b in -1e9..1e9) {
            let (p, q) = (Ratio::from_f64(a), Ratio::from_f64(b));
            prop_assert_eq!(p.add(&q).to_f64(), a + b);
            prop_assert_eq!(p.mul(&q).to_f64(), a * b);
            prop_assert_eq!(p.div(&q).to_f64(), a / b);
            prop_assert_eq!(Some(p.compare(&q)), a.partial_cmp(&b));
        }
    }

    #[test]
    fn hexadecimal() {
        assert_eq!(Ratio::parse("0x1p-1074").unwrap().to_f64(), 5e-324);
        assert_eq!(Ratio::parse("0x1.8p1").unwrap().to_f64(), 3.0);
    }
}
