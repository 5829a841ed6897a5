//! Floating-point numbers as Go's `strconv` writes and reads them.
//!
//! The digits come from Rust's own shortest and exact conversions; this file only shapes them.

/// The shortest digits, or a number of digits, as `strconv.FormatFloat` takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Shortest,
    Digits(usize),
}

/// Decimal digits without a sign: `0.digits * 10^point`.
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// Takes Rust's `d.ddde±x` apart; trailing zeros go.
fn decimal(scientific: &str) -> Decimal {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    while digits.last() == Some(&b'0') {
        digits.pop();
    }
    let point = if digits.is_empty() {
        0
    } else {
        exponent.parse::<i32>().unwrap_or(0) + 1
    };
    Decimal { digits, point }
}

fn shortest(value: f64, bits: u32) -> Decimal {
    if bits == 32 {
        decimal(&format!("{:e}", value as f32))
    } else {
        decimal(&format!("{value:e}"))
    }
}

/// More digits than any float has: further ones are zeros.
const MOST_DIGITS: usize = 1100;

/// Formats a float as `strconv.FormatFloat(value, verb, precision, bits)` does, for the verbs
/// `b e E f F g G x X`.
pub fn format(value: f64, verb: u8, precision: Precision, bits: u32) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value.is_infinite() {
        return if sign.is_empty() {
            "+Inf".into()
        } else {
            "-Inf".into()
        };
    }
    let value = value.abs();
    let body = match verb {
        b'e' | b'E' => {
            let (number, digits) = match precision {
                Precision::Shortest => {
                    let number = shortest(value, bits);
                    let digits = number.digits.len().max(1) - 1;
                    (number, digits)
                }
                Precision::Digits(digits) => (
                    decimal(&format!("{:.*e}", digits.min(MOST_DIGITS), value)),
                    digits,
                ),
            };
            exponential(&number, digits, verb)
        }
        b'f' | b'F' => match precision {
            Precision::Shortest => {
                let number = shortest(value, bits);
                let digits = (number.digits.len() as i32 - number.point).max(0) as usize;
                positional(&number, digits)
            }
            Precision::Digits(digits) => {
                let mut text = format!("{:.*}", digits.min(MOST_DIGITS), value);
                text.extend(std::iter::repeat_n('0', digits.saturating_sub(MOST_DIGITS)));
                text
            }
        },
        b'g' | b'G' => general(value, verb, precision, bits),
        b'b' => binary_exponent(value, bits),
        b'x' | b'X' => hexadecimal(value, verb, precision, bits),
        other => return format!("%{}", other as char),
    };
    format!("{sign}{body}")
}

fn exponential(number: &Decimal, digits: usize, verb: u8) -> String {
    let mut text = String::new();
    let digit = |at: usize| number.digits.get(at).copied().unwrap_or(b'0') as char;
    text.push(digit(0));
    if digits > 0 {
        text.push('.');
        text.extend((1..=digits).map(digit));
    }
    let exponent = if number.digits.is_empty() {
        0
    } else {
        number.point - 1
    };
    text.push(verb as char);
    text.push(if exponent < 0 { '-' } else { '+' });
    text.push_str(&format!("{:02}", exponent.unsigned_abs()));
    text
}

fn positional(number: &Decimal, digits: usize) -> String {
    let mut text = String::new();
    let digit = |at: i32| {
        let at = usize::try_from(at).ok();
        at.and_then(|at| number.digits.get(at))
            .copied()
            .unwrap_or(b'0') as char
    };
    if number.point > 0 {
        text.extend((0..number.point).map(digit));
    } else {
        text.push('0');
    }
    if digits > 0 {
        text.push('.');
        text.extend((0..digits as i32).map(|at| digit(number.point + at)));
    }
    text
}

fn general(value: f64, verb: u8, precision: Precision, bits: u32) -> String {
    let (number, mut digits, limit) = match precision {
        Precision::Shortest => {
            let number = shortest(value, bits);
            let digits = number.digits.len();
            (number, digits, 6)
        }
        Precision::Digits(digits) => {
            let digits = digits.max(1);
            let number = decimal(&format!("{:.*e}", digits.min(MOST_DIGITS) - 1, value));
            let whole = number.digits.len() as i32 >= number.point;
            let limit = if digits > number.digits.len() && whole {
                number.digits.len()
            } else {
                digits
            };
            (number, digits, limit)
        }
    };
    let exponent = number.point - 1;
    if exponent < -4 || exponent >= limit as i32 {
        digits = digits.min(number.digits.len().max(1));
        let letter = if verb == b'g' { b'e' } else { b'E' };
        return exponential(&number, digits.max(1) - 1, letter);
    }
    let after = (number.digits.len() as i32 - number.point).max(0);
    positional(&number, after as usize)
}

/// `mantissa p exponent`, both decimal: verb `b`.
fn binary_exponent(value: f64, bits: u32) -> String {
    let (mantissa, exponent) = split(value, bits);
    format!("{mantissa}p{exponent:+}")
}

/// Integer mantissa and binary exponent of a finite positive float of 32 or 64 bits.
fn split(value: f64, bits: u32) -> (u64, i32) {
    let (raw, mantissa_bits, bias) = if bits == 32 {
        (u64::from((value as f32).to_bits()), 23, 127)
    } else {
        (value.to_bits(), 52, 1023)
    };
    let fraction = raw & ((1 << mantissa_bits) - 1);
    let exponent = (raw >> mantissa_bits) as i32;
    if exponent == 0 {
        (fraction, 1 - bias - mantissa_bits)
    } else {
        (
            fraction | 1 << mantissa_bits,
            exponent - bias - mantissa_bits,
        )
    }
}

/// `0x1.8p+01`: verb `x`.
fn hexadecimal(value: f64, verb: u8, precision: Precision, bits: u32) -> String {
    let (mut mantissa, mut exponent) = split(value, bits);
    // One bit before the point, 60 after.
    if mantissa == 0 {
        exponent = 0;
    } else {
        let shift = mantissa.leading_zeros() as i32 - 3;
        mantissa = if shift >= 0 {
            mantissa << shift
        } else {
            mantissa >> -shift
        };
        exponent = exponent - shift + 60;
    }
    if let Precision::Digits(digits) = precision
        && digits < 15
    {
        let drop = 60 - 4 * digits as u32;
        let rest = mantissa & ((1 << drop) - 1);
        let half = 1u64 << (drop - 1);
        mantissa >>= drop;
        if rest > half || (rest == half && mantissa & 1 == 1) {
            mantissa += 1;
        }
        mantissa <<= drop;
        if mantissa >> 61 != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let mut fraction = format!("{:015x}", mantissa & ((1 << 60) - 1));
    match precision {
        Precision::Shortest => fraction.truncate(fraction.trim_end_matches('0').len()),
        Precision::Digits(digits) => {
            fraction.truncate(digits);
            while fraction.len() < digits {
                fraction.push('0');
            }
        }
    }
    let point = if fraction.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    let text = format!(
        "0x{}{point}{fraction}p{sign}{:02}",
        mantissa >> 60,
        exponent.unsigned_abs()
    );
    if verb == b'X' {
        text.to_uppercase()
    } else {
        text
    }
}

/// Why a number could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    Syntax,
    /// The value is the nearest there is.
    Range,
}

/// Reads a float as `strconv.ParseFloat(text, bits)` does. On [`NumberError::Range`] the value is an
/// infinity.
pub fn parse(text: &str, bits: u32) -> (f64, Option<NumberError>) {
    let syntax = (0.0, Some(NumberError::Syntax));
    let (negative, body) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let signed = |value: f64| if negative { -value } else { value };
    match body.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return (signed(f64::INFINITY), None),
        "nan" if body.len() == text.len() => return (f64::NAN, None),
        _ => {}
    }
    let lower = body.to_ascii_lowercase();
    if let Some(hex) = lower.strip_prefix("0x") {
        return match parse_hex(&hex.replace('_', "")) {
            Some(value) => ranged(signed(value), bits),
            None => syntax,
        };
    }
    let is_decimal = lower
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'+' | b'-'));
    if !is_decimal
        || !lower
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return syntax;
    }
    let value = if bits == 32 {
        lower.parse::<f32>().map(f64::from)
    } else {
        lower.parse::<f64>()
    };
    value.map_or(syntax, |value| ranged(signed(value), bits))
}

fn ranged(value: f64, bits: u32) -> (f64, Option<NumberError>) {
    let value = if bits == 32 {
        f64::from(value as f32)
    } else {
        value
    };
    (value, value.is_infinite().then_some(NumberError::Range))
}

/// The digits of a hexadecimal float after `0x`: `1.8p3`. The exponent is required, as in Go.
fn parse_hex(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut value = 0f64;
    for digit in whole.chars().chain(fraction.chars()) {
        value = value * 16.0 + f64::from(digit.to_digit(16)?);
    }
    let exponent: i32 = exponent.parse().ok()?;
    let mut scale = exponent
        .saturating_sub(4 * fraction.len() as i32)
        .clamp(-5000, 5000);
    // In halves, so that no intermediate result over- or underflows before its time.
    while scale > 0 {
        let part = scale.min(500);
        value *= 2f64.powi(part);
        scale -= part;
    }
    while scale < 0 {
        let part = (-scale).min(500);
        value /= 2f64.powi(part);
        scale += part;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn g(value: f64) -> String {
        format(value, b'g', Precision::Shortest, 64)
    }

    // The expected texts are what Go 1.27 prints.
    #[test]
    fn shortest() {
        let cases: &[(f64, &str)] = &[
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (0.1, "0.1"),
            (100000.0, "100000"),
            (1e6, "1e+06"),
            (1048576.0, "1.048576e+06"),
            (123456789.0, "1.23456789e+08"),
            (1e20, "1e+20"),
            (1e21, "1e+21"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (f64::MAX, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
            (f64::INFINITY, "+Inf"),
            (f64::NEG_INFINITY, "-Inf"),
            (f64::NAN, "NaN"),
            (2.5, "2.5"),
        ];
        for (value, text) in cases {
            assert_eq!(g(*value), *text);
        }
        assert_eq!(
            format(f64::from(0.1f32), b'g', Precision::Shortest, 32),
            "0.1"
        );
        assert_eq!(format(1e6, b'f', Precision::Shortest, 64), "1000000");
        assert_eq!(format(0.000012, b'f', Precision::Shortest, 64), "0.000012");
        assert_eq!(format(0.000012, b'e', Precision::Shortest, 64), "1.2e-05");
    }

    #[test]
    fn with_precision() {
        let digits = |value, verb, n| format(value, verb, Precision::Digits(n), 64);
        assert_eq!(digits(3.24159, b'f', 2), "3.24");
        assert_eq!(digits(2.5, b'f', 0), "2");
        assert_eq!(digits(1234.5678, b'e', 3), "1.235e+03");
        assert_eq!(digits(0.0, b'e', 3), "0.000e+00");
        assert_eq!(digits(1234.5678, b'g', 3), "1.23e+03");
        assert_eq!(digits(1234.5678, b'g', 6), "1234.57");
        assert_eq!(digits(100.0, b'g', 3), "100");
        assert_eq!(digits(1000000.0, b'g', 10), "1000000");
        assert_eq!(digits(1e21, b'g', 30), "1000000000000000000000");
        assert_eq!(digits(0.5, b'G', 1), "0.5");
        assert_eq!(digits(1e-10, b'G', 2), "1E-10");
    }

    #[test]
    fn powers_of_two() {
        assert_eq!(format(1.0, b'x', Precision::Shortest, 64), "0x1p+00");
        assert_eq!(format(-3.5, b'x', Precision::Shortest, 64), "-0x1.cp+01");
        assert_eq!(format(3.5, b'X', Precision::Digits(3), 64), "0X1.C00P+01");
        assert_eq!(
            format(1.0, b'b', Precision::Shortest, 64),
            "4503599627370496p-52"
        );
    }

    #[test]
    fn parsing() {
        assert_eq!(parse("1.5", 64), (1.5, None));
        assert_eq!(parse("-2e3", 64), (-2000.0, None));
        assert_eq!(parse(".5", 64), (0.5, None));
        assert_eq!(parse("0x1p-2", 64), (0.25, None));
        assert_eq!(parse("+Inf", 64), (f64::INFINITY, None));
        assert_eq!(
            parse("1e400", 64),
            (f64::INFINITY, Some(NumberError::Range))
        );
        for bad in ["", "x", "1.5x", "e5", "--1", "1e", "."] {
            assert_eq!(parse(bad, 64).1, Some(NumberError::Syntax), "{bad}");
        }
    }
}
