//! Values of constant expressions: exact, as the specification asks.
//!
//! Invariant: an `Int` is never stored as a `Float`, nor a `Float` as a `Complex`, unless its type says
//! so: operations bring both operands to the larger kind first, and representing a value in a type
//! brings it to that type's kind.

use super::bigint::BigInt;
use super::ratio::Ratio;
use super::table::Basic;
use crate::go::syntax::ast::BinaryOp;
use std::cmp::Ordering;
use std::rc::Rc;

/// A constant's value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Constant {
    /// A truth value.
    Bool(bool),
    /// Bytes, mostly UTF-8.
    Str(Rc<[u8]>),
    /// An integer or rune.
    Int(BigInt),
    /// A float.
    Float(Ratio),
    /// A complex number.
    Complex(Ratio, Ratio),
}

/// Why a constant does not fit a type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// Of another kind altogether.
    Kind,
    /// A fraction where an integer is needed.
    Truncated,
    /// Too large.
    Overflows,
}

impl From<i64> for Constant {
    fn from(value: i64) -> Self {
        Constant::Int(BigInt::from(value))
    }
}

impl Constant {
    /// A string's value.
    pub fn string(text: &str) -> Constant {
        Constant::Str(text.as_bytes().into())
    }

    /// Reads an integer literal.
    pub fn parse_int(text: &str) -> Option<Constant> {
        let lower = text.to_ascii_lowercase();
        let (digits, radix) = match lower.as_bytes() {
            [b'0', b'x', ..] => (&lower[2..], 16),
            [b'0', b'o', ..] => (&lower[2..], 8),
            [b'0', b'b', ..] => (&lower[2..], 2),
            [b'0', _, ..] => (&lower[1..], 8),
            _ => (&*lower, 10),
        };
        BigInt::parse(digits, radix).map(Constant::Int)
    }

    /// Reads an imaginary literal, `i` included.
    pub fn parse_imaginary(text: &str) -> Option<Constant> {
        let digits = text.strip_suffix('i')?;
        let prefixed = digits.len() > 1 && digits.as_bytes()[1].is_ascii_alphabetic();
        let value = match Constant::parse_int(digits) {
            // For old programs' sake `010i` is 10i.
            Some(Constant::Int(value)) if prefixed => Ratio::from(value),
            _ => Ratio::parse(digits)?,
        };
        Some(Constant::Complex(Ratio::from(BigInt::default()), value))
    }

    /// As an integer, if the value is one.
    pub fn to_int(&self) -> Option<BigInt> {
        match self {
            Constant::Int(value) => Some(value.clone()),
            Constant::Float(value) => value.to_int().cloned(),
            Constant::Complex(re, im) if im.is_zero() => re.to_int().cloned(),
            _ => None,
        }
    }

    /// As an `i64`, if it is an integer that fits.
    pub fn to_i64(&self) -> Option<i64> {
        self.to_int()?.to_i64()
    }

    /// As the machine's 64 bits, if it is an integer that fits signed or unsigned.
    pub fn to_bits(&self) -> Option<u64> {
        let value = self.to_int()?;
        value.to_i64().map(|v| v as u64).or_else(|| value.to_u64())
    }

    /// As a fraction, if it is a real number.
    pub fn to_ratio(&self) -> Option<Ratio> {
        match self {
            Constant::Int(value) => Some(Ratio::from(value.clone())),
            Constant::Float(value) => Some(value.clone()),
            Constant::Complex(re, im) if im.is_zero() => Some(re.clone()),
            _ => None,
        }
    }

    /// Real and imaginary part, if it is a number.
    pub fn to_complex(&self) -> Option<(Ratio, Ratio)> {
        match self {
            Constant::Complex(re, im) => Some((re.clone(), im.clone())),
            _ => Some((self.to_ratio()?, Ratio::from(BigInt::default()))),
        }
    }

    /// The nearest `float64` of a real number.
    pub fn to_f64(&self) -> Option<f64> {
        self.to_ratio().map(|r| r.to_f64())
    }

    /// Bytes of a string.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Constant::Str(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A truth value.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Constant::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// It is the number zero.
    pub fn is_zero(&self) -> bool {
        match self {
            Constant::Int(value) => value.is_zero(),
            Constant::Float(value) => value.is_zero(),
            Constant::Complex(re, im) => re.is_zero() && im.is_zero(),
            _ => false,
        }
    }

    /// The value as the given kind holds it: rounded for floats, or why it does not fit.
    pub fn represent(&self, basic: Basic) -> Result<Constant, Misfit> {
        let numeric = !matches!(self, Constant::Bool(_) | Constant::Str(_));
        match self {
            Constant::Bool(_) if basic.is_boolean() => return Ok(self.clone()),
            Constant::Str(_) if basic.is_string() => return Ok(self.clone()),
            _ if !numeric => return Err(Misfit::Kind),
            _ => {}
        }
        if basic.is_integer() {
            let value = self.to_int().ok_or(Misfit::Truncated)?;
            let fits = if basic.is_untyped() {
                true
            } else if basic.is_unsigned() {
                !value.is_negative() && value.bits() <= basic.bits() as usize
            } else {
                let magnitude = if value.is_negative() {
                    value.not()
                } else {
                    value.clone()
                };
                magnitude.bits() < basic.bits() as usize
            };
            return if fits {
                Ok(Constant::Int(value))
            } else {
                Err(Misfit::Overflows)
            };
        }
        let round = |value: Ratio| {
            let rounded = match basic {
                Basic::Float32 | Basic::Complex64 => value.to_f32(),
                Basic::Float64 | Basic::Complex128 => value.to_f64(),
                _ => return Ok(value),
            };
            if rounded.is_finite() {
                Ok(Ratio::from_f64(rounded))
            } else {
                Err(Misfit::Overflows)
            }
        };
        if basic.is_float() {
            let value = self.to_ratio().ok_or(Misfit::Truncated)?;
            return Ok(Constant::Float(round(value)?));
        }
        if basic.is_complex() {
            let (re, im) = self.to_complex().ok_or(Misfit::Kind)?;
            return Ok(Constant::Complex(round(re)?, round(im)?));
        }
        Err(Misfit::Kind)
    }

    /// `-x`
    pub fn negate(&self) -> Option<Constant> {
        Some(match self {
            Constant::Int(value) => Constant::Int(value.neg()),
            Constant::Float(value) => Constant::Float(value.neg()),
            Constant::Complex(re, im) => Constant::Complex(re.neg(), im.neg()),
            _ => return None,
        })
    }

    /// `^x`; for unsigned types of that many bits.
    pub fn complement(&self, unsigned: Option<u32>) -> Option<Constant> {
        let value = self.to_int()?.not();
        Some(Constant::Int(match unsigned {
            None => value,
            Some(bits) => {
                let mask = BigInt::one().shl(bits as usize).sub(&BigInt::one());
                value.bitwise(&mask, |a, b| a & b)
            }
        }))
    }

    /// `x << count` and `x >> count`
    pub fn shift(&self, op: BinaryOp, count: usize) -> Option<Constant> {
        let value = self.to_int()?;
        Some(Constant::Int(match op {
            BinaryOp::Shl => value.shl(count),
            _ => value.shr(count),
        }))
    }

    fn rank(&self) -> u8 {
        match self {
            Constant::Bool(_) | Constant::Str(_) => 0,
            Constant::Int(_) => 1,
            Constant::Float(_) => 2,
            Constant::Complex(..) => 3,
        }
    }

    /// An arithmetic, logical or concatenating operation on operands of one type. `integer` asks for integer
    /// division. `None` for operands that do not fit the operator, and for division by zero.
    pub fn binary(&self, op: BinaryOp, other: &Constant, integer: bool) -> Option<Constant> {
        match (self, other) {
            (Constant::Bool(a), Constant::Bool(b)) => {
                return Some(Constant::Bool(match op {
                    BinaryOp::LogicalAnd => *a && *b,
                    BinaryOp::LogicalOr => *a || *b,
                    _ => return None,
                }));
            }
            (Constant::Str(a), Constant::Str(b)) if op == BinaryOp::Add => {
                return Some(Constant::Str([&a[..], &b[..]].concat().into()));
            }
            _ => {}
        }
        match self.rank().max(other.rank()) {
            1 => {
                let (a, b) = (self.to_int()?, other.to_int()?);
                int_operation(op, &a, &b, integer)
            }
            2 => {
                let (a, b) = (self.to_ratio()?, other.to_ratio()?);
                Some(Constant::Float(match op {
                    BinaryOp::Add => a.add(&b),
                    BinaryOp::Sub => a.sub(&b),
                    BinaryOp::Mul => a.mul(&b),
                    BinaryOp::Div if !b.is_zero() => a.div(&b),
                    _ => return None,
                }))
            }
            3 => {
                let ((a, b), (c, d)) = (self.to_complex()?, other.to_complex()?);
                complex_operation(op, [&a, &b, &c, &d])
            }
            _ => None,
        }
    }

    /// A comparison; `None` for values that have no such order.
    pub fn compare(&self, op: BinaryOp, other: &Constant) -> Option<bool> {
        let order = match (self, other) {
            (Constant::Bool(a), Constant::Bool(b)) => a.cmp(b),
            (Constant::Str(a), Constant::Str(b)) => a.cmp(b),
            (Constant::Int(a), Constant::Int(b)) => a.cmp(b),
            (Constant::Complex(..), _) | (_, Constant::Complex(..)) => {
                match self.to_complex()? == other.to_complex()? {
                    true => Ordering::Equal,
                    false => Ordering::Less,
                }
            }
            _ => self.to_ratio()?.compare(&other.to_ratio()?),
        };
        Some(match op {
            BinaryOp::Equal => order.is_eq(),
            BinaryOp::NotEqual => order.is_ne(),
            BinaryOp::Less => order.is_lt(),
            BinaryOp::LessEqual => order.is_le(),
            BinaryOp::Greater => order.is_gt(),
            BinaryOp::GreaterEqual => order.is_ge(),
            _ => return None,
        })
    }

    /// As messages print it: strings quoted and cut, floats to six digits.
    pub fn text(&self) -> String {
        match self {
            Constant::Bool(value) => value.to_string(),
            Constant::Int(value) => value.to_string(),
            Constant::Str(bytes) => {
                let text = quote(bytes);
                if text.chars().count() <= 72 {
                    return text;
                }
                let mut cut: String = text.chars().take(69).collect();
                cut.push_str("...");
                cut
            }
            Constant::Float(value) => float_text(value),
            Constant::Complex(re, im) => {
                ["(", &float_text(re), " + ", &float_text(im), "i)"].concat()
            }
        }
    }
}

fn int_operation(op: BinaryOp, a: &BigInt, b: &BigInt, integer: bool) -> Option<Constant> {
    Some(Constant::Int(match op {
        BinaryOp::Add => a.add(b),
        BinaryOp::Sub => a.sub(b),
        BinaryOp::Mul => a.mul(b),
        BinaryOp::Div | BinaryOp::Rem if b.is_zero() => return None,
        BinaryOp::Div if !integer => {
            return Some(Constant::Float(Ratio::new(a.clone(), b.clone())));
        }
        BinaryOp::Div => a.div_rem(b).0,
        BinaryOp::Rem => a.div_rem(b).1,
        BinaryOp::And => a.bitwise(b, |a, b| a & b),
        BinaryOp::Or => a.bitwise(b, |a, b| a | b),
        BinaryOp::Xor => a.bitwise(b, |a, b| a ^ b),
        BinaryOp::AndNot => a.bitwise(b, |a, b| a & !b),
        _ => return None,
    }))
}

fn complex_operation(op: BinaryOp, [a, b, c, d]: [&Ratio; 4]) -> Option<Constant> {
    let (re, im) = match op {
        BinaryOp::Add => (a.add(c), b.add(d)),
        BinaryOp::Sub => (a.sub(c), b.sub(d)),
        BinaryOp::Mul => (a.mul(c).sub(&b.mul(d)), a.mul(d).add(&b.mul(c))),
        BinaryOp::Div => {
            let square = c.mul(c).add(&d.mul(d));
            if square.is_zero() {
                return None;
            }
            (
                a.mul(c).add(&b.mul(d)).div(&square),
                b.mul(c).sub(&a.mul(d)).div(&square),
            )
        }
        _ => return None,
    };
    Some(Constant::Complex(re, im))
}

/// `%.6g`
fn float_text(value: &Ratio) -> String {
    let float = value.to_f64();
    if float == 0.0 || !float.is_finite() {
        return if value.is_zero() {
            "0".into()
        } else {
            "<huge>".into()
        };
    }
    let scientific = format!("{float:.5e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let trim = |text: &str| match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_string(),
        false => text.to_string(),
    };
    if (-4..6).contains(&exponent) {
        let text = trim(&format!("{float:.*}", (5 - exponent) as usize));
        if value.to_int().is_none() && !text.contains('.') {
            return format!("{float}");
        }
        return text;
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", trim(digits), exponent.abs())
}

/// The bytes as a Go string literal.
pub fn quote(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => out.push_str("\\r"),
                '\u{7}' => out.push_str("\\a"),
                '\u{8}' => out.push_str("\\b"),
                '\u{b}' => out.push_str("\\v"),
                '\u{c}' => out.push_str("\\f"),
                c if c < ' ' || c == '\u{7f}' => out.push_str(&format!("\\x{:02x}", c as u32)),
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out.push('"');
    out
}
