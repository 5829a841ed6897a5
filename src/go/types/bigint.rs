//! Integers of any size, for untyped constants. Small code rather than fast code: constants are few.
//!
//! Invariant: the magnitude has no leading zero digit, and zero is not negative.

use std::cmp::Ordering;

/// A signed integer of any size.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BigInt {
    negative: bool,
    /// Little-endian digits in base 2^32.
    digits: Vec<u32>,
}

impl From<i64> for BigInt {
    fn from(value: i64) -> Self {
        let mut result = BigInt::from(value.unsigned_abs());
        result.negative = value < 0;
        result
    }
}

impl From<u64> for BigInt {
    fn from(value: u64) -> Self {
        BigInt::new(false, vec![value as u32, (value >> 32) as u32])
    }
}

impl Ord for BigInt {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => compare(&self.digits, &other.digits),
            (true, true) => compare(&other.digits, &self.digits),
        }
    }
}

impl PartialOrd for BigInt {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn compare(a: &[u32], b: &[u32]) -> Ordering {
    a.len()
        .cmp(&b.len())
        .then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

fn add_digits(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len().max(b.len()) + 1);
    let mut carry = 0u64;
    for at in 0..a.len().max(b.len()) {
        carry += u64::from(digit(a, at)) + u64::from(digit(b, at));
        out.push(carry as u32);
        carry >>= 32;
    }
    out.push(carry as u32);
    out
}

/// `a - b` for `a >= b`.
fn sub_digits(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = Vec::with_capacity(a.len());
    let mut borrow = 0i64;
    for (at, &d) in a.iter().enumerate() {
        let d = i64::from(d) - i64::from(digit(b, at)) + borrow;
        out.push(d as u32);
        borrow = d >> 32;
    }
    out
}

fn digit(digits: &[u32], at: usize) -> u32 {
    digits.get(at).copied().unwrap_or(0)
}

impl BigInt {
    fn new(negative: bool, mut digits: Vec<u32>) -> BigInt {
        while digits.last() == Some(&0) {
            digits.pop();
        }
        BigInt {
            negative: negative && !digits.is_empty(),
            digits,
        }
    }

    /// 1
    pub fn one() -> BigInt {
        BigInt::from(1i64)
    }
    /// It is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }
    /// It is below zero.
    pub fn is_negative(&self) -> bool {
        self.negative
    }
    /// The lowest bit is set.
    pub fn is_odd(&self) -> bool {
        digit(&self.digits, 0) & 1 == 1
    }
    /// Number of bits of the magnitude.
    pub fn bits(&self) -> usize {
        match self.digits.last() {
            None => 0,
            Some(top) => self.digits.len() * 32 - top.leading_zeros() as usize,
        }
    }
    /// Number of zero bits at the bottom of the magnitude.
    pub fn trailing_zeros(&self) -> usize {
        let zeros = self.digits.iter().take_while(|&&d| d == 0).count();
        zeros * 32 + digit(&self.digits, zeros).trailing_zeros() as usize % 32
    }
    /// As an `i64`, if it fits.
    pub fn to_i64(&self) -> Option<i64> {
        let magnitude = self.magnitude()?;
        match self.negative {
            false => i64::try_from(magnitude).ok(),
            true if magnitude <= 1 << 63 => Some((magnitude as i64).wrapping_neg()),
            true => None,
        }
    }
    /// As a `u64`, if it fits.
    pub fn to_u64(&self) -> Option<u64> {
        if self.negative {
            None
        } else {
            self.magnitude()
        }
    }
    fn magnitude(&self) -> Option<u64> {
        (self.digits.len() <= 2)
            .then(|| u64::from(digit(&self.digits, 0)) | u64::from(digit(&self.digits, 1)) << 32)
    }
    /// `-self`
    pub fn neg(&self) -> BigInt {
        BigInt::new(!self.negative, self.digits.clone())
    }
    /// `|self|`
    pub fn abs(&self) -> BigInt {
        BigInt::new(false, self.digits.clone())
    }
    /// `self + other`
    pub fn add(&self, other: &BigInt) -> BigInt {
        if self.negative == other.negative {
            return BigInt::new(self.negative, add_digits(&self.digits, &other.digits));
        }
        match compare(&self.digits, &other.digits) {
            Ordering::Less => BigInt::new(other.negative, sub_digits(&other.digits, &self.digits)),
            _ => BigInt::new(self.negative, sub_digits(&self.digits, &other.digits)),
        }
    }
    /// `self - other`
    pub fn sub(&self, other: &BigInt) -> BigInt {
        self.add(&other.neg())
    }
    /// `self * other`
    pub fn mul(&self, other: &BigInt) -> BigInt {
        let mut out = vec![0u32; self.digits.len() + other.digits.len()];
        for (i, &a) in self.digits.iter().enumerate() {
            let mut carry = 0u64;
            for (j, &b) in other.digits.iter().enumerate() {
                carry += u64::from(out[i + j]) + u64::from(a) * u64::from(b);
                out[i + j] = carry as u32;
                carry >>= 32;
            }
            out[i + other.digits.len()] = carry as u32;
        }
        BigInt::new(self.negative != other.negative, out)
    }
    /// Quotient and remainder, truncated towards zero as Go's. The divisor is not zero.
    pub fn div_rem(&self, by: &BigInt) -> (BigInt, BigInt) {
        let mut quotient = vec![0u32; self.digits.len()];
        let mut rest;
        if let [small] = by.digits[..] {
            let mut carry = 0u64;
            for at in (0..self.digits.len()).rev() {
                carry = carry << 32 | u64::from(self.digits[at]);
                quotient[at] = (carry / u64::from(small)) as u32;
                carry %= u64::from(small);
            }
            rest = BigInt::from(carry);
        } else if compare(&self.digits, &by.digits) == Ordering::Less {
            rest = self.abs();
        } else {
            // Long division bit by bit: simple, and constants are small.
            let low = self.bits() - by.bits() + 1;
            rest = self.abs().shr(low);
            for bit in (0..low).rev() {
                rest = rest.shl(1);
                if self.digits[bit / 32] >> (bit % 32) & 1 == 1 {
                    rest = rest.add(&BigInt::one());
                }
                if compare(&rest.digits, &by.digits) != Ordering::Less {
                    rest = BigInt::new(false, sub_digits(&rest.digits, &by.digits));
                    quotient[bit / 32] |= 1 << (bit % 32);
                }
            }
        }
        rest.negative = self.negative && !rest.is_zero();
        (BigInt::new(self.negative != by.negative, quotient), rest)
    }
    /// `self << count`
    pub fn shl(&self, count: usize) -> BigInt {
        let mut out = vec![0u32; count / 32];
        let mut carry = 0u64;
        for &d in &self.digits {
            carry |= u64::from(d) << (count % 32);
            out.push(carry as u32);
            carry >>= 32;
        }
        out.push(carry as u32);
        BigInt::new(self.negative, out)
    }
    /// `self >> count`, rounding towards minus infinity.
    pub fn shr(&self, count: usize) -> BigInt {
        if self.negative {
            // -((-x - 1) >> n) - 1
            return self.not().shr(count).not();
        }
        let mut out = Vec::new();
        for at in count / 32..self.digits.len() {
            let wide = u64::from(self.digits[at]) | u64::from(digit(&self.digits, at + 1)) << 32;
            out.push((wide >> (count % 32)) as u32);
        }
        BigInt::new(false, out)
    }
    /// `^self`, which is `-self - 1`.
    pub fn not(&self) -> BigInt {
        self.neg().sub(&BigInt::one())
    }
    /// A bitwise operation on the two's complement.
    pub fn bitwise(&self, other: &BigInt, op: fn(u32, u32) -> u32) -> BigInt {
        let count = self.digits.len().max(other.digits.len()) + 1;
        let (a, b) = (self.complement(count), other.complement(count));
        let mut out: Vec<u32> = a.iter().zip(&b).map(|(&a, &b)| op(a, b)).collect();
        let negative = out[count - 1] >> 31 == 1;
        if negative {
            negate(&mut out);
        }
        BigInt::new(negative, out)
    }
    fn complement(&self, count: usize) -> Vec<u32> {
        let mut out = self.digits.clone();
        out.resize(count, 0);
        if self.negative {
            negate(&mut out);
        }
        out
    }
    /// Reads digits in a base up to 16; `None` if there is any other character.
    pub fn parse(text: &str, radix: u32) -> Option<BigInt> {
        let mut digits: Vec<u32> = Vec::new();
        for c in text.chars().filter(|&c| c != '_') {
            let mut carry = u64::from(c.to_digit(radix)?);
            for d in &mut digits {
                carry += u64::from(*d) * u64::from(radix);
                *d = carry as u32;
                carry >>= 32;
            }
            if carry > 0 {
                digits.push(carry as u32);
            }
        }
        Some(BigInt::new(false, digits))
    }
    /// `base` to the power of `exponent`.
    pub fn power(base: u32, exponent: usize) -> BigInt {
        let (mut result, mut square) = (BigInt::one(), BigInt::from(u64::from(base)));
        let mut rest = exponent;
        while rest > 0 {
            if rest & 1 == 1 {
                result = result.mul(&square);
            }
            rest >>= 1;
            if rest > 0 {
                square = square.mul(&square);
            }
        }
        result
    }
}

fn negate(digits: &mut [u32]) {
    let mut carry = true;
    for d in digits {
        (*d, carry) = (!*d).overflowing_add(u32::from(carry));
    }
}

impl std::fmt::Display for BigInt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let billion = BigInt::from(1_000_000_000u64);
        let mut groups = Vec::new();
        let mut rest = self.abs();
        while !rest.is_zero() {
            let (quotient, group) = rest.div_rem(&billion);
            groups.push(group.to_u64().unwrap_or(0));
            rest = quotient;
        }
        if self.negative {
            f.write_str("-")?;
        }
        write!(f, "{}", groups.pop().unwrap_or(0))?;
        for group in groups.iter().rev() {
            write!(f, "{group:09}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wide(value: i128) -> BigInt {
        let high = BigInt::from((value >> 64) as i64).shl(64);
        high.add(&BigInt::from(value as u64))
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_i128(a in any::<i64>(), b in any::<i64>(), n in 0usize..60) {
            let (x, y) = (i128::from(a), i128::from(b));
            let (p, q) = (BigInt::from(a), BigInt::from(b));
            prop_assert_eq!(p.add(&q), wide(x + y));
            prop_assert_eq!(p.sub(&q), wide(x - y));
            prop_assert_eq!(p.mul(&q), wide(x * y));
            prop_assert_eq!(p.shl(n), wide(x << n));
            prop_assert_eq!(p.shr(n), wide(x >> n));
            prop_assert_eq!(p.bitwise(&q, |a, b| a & b), wide(x & y));
            prop_assert_eq!(p.bitwise(&q, |a, b| a ^ b), wide(x ^ y));
            prop_assert_eq!(p.not(), wide(!x));
            prop_assert_eq!(p.to_string(), x.to_string());
            prop_assert_eq!(p.mul(&q).to_string(), (x * y).to_string());
            if b != 0 {
                let (quotient, rest) = wide(x * 1_000_003).div_rem(&q);
                prop_assert_eq!(quotient, wide(x * 1_000_003 / y));
                prop_assert_eq!(rest, wide(x * 1_000_003 % y));
            }
        }

        #[test]
        fn division_undoes_multiplication(a in "[1-9][0-9]{0,60}", b in "[1-9][0-9]{0,40}") {
            let (p, q) = (BigInt::parse(&a, 10).unwrap(), BigInt::parse(&b, 10).unwrap());
            prop_assert_eq!(p.to_string(), a);
            let (quotient, rest) = p.mul(&q).add(&BigInt::one()).div_rem(&q);
            prop_assert_eq!(quotient.mul(&q).add(&rest), p.mul(&q).add(&BigInt::one()));
        }
    }
}
