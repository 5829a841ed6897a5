//! Natives of `math` and `math/bits`: what the host computes exactly as Go does, or as closely as
//! floating-point libraries agree.

use super::super::fault::Throw;
use super::{Call, Code};

macro_rules! unary {
    ($($name:literal => $function:expr),* $(,)?) => {
        &[$(($name, |call| {
            let function: fn(f64) -> f64 = $function;
            let result = function(call.float(0));
            call.set_float(0, result);
            Ok(())
        })),*]
    };
}

const UNARY: &[(&str, Code)] = unary! {
    "math.Sqrt" => f64::sqrt,
    "math.Floor" => f64::floor,
    "math.Ceil" => f64::ceil,
    "math.Trunc" => f64::trunc,
    "math.Round" => f64::round,
    "math.RoundToEven" => f64::round_ties_even,
    "math.Abs" => f64::abs,
    "math.Exp" => f64::exp,
    "math.Exp2" => f64::exp2,
    "math.Expm1" => f64::exp_m1,
    "math.Log" => f64::ln,
    "math.Log2" => log2,
    "math.Log10" => |x| log2(x) * (std::f64::consts::LN_2 / std::f64::consts::LN_10),
    "math.Log1p" => f64::ln_1p,
    "math.Sin" => f64::sin,
    "math.Cos" => f64::cos,
    "math.Tan" => f64::tan,
    "math.Asin" => f64::asin,
    "math.Acos" => f64::acos,
    "math.Atan" => f64::atan,
    "math.Sinh" => f64::sinh,
    "math.Cosh" => f64::cosh,
    "math.Tanh" => f64::tanh,
    "math.Asinh" => f64::asinh,
    "math.Acosh" => f64::acosh,
    "math.Atanh" => f64::atanh,
    "math.Cbrt" => f64::cbrt,
};

/// Exact for powers of two, as Go's is.
fn log2(x: f64) -> f64 {
    if x <= 0.0 || !x.is_finite() {
        return x.log2();
    }
    let bits = x.to_bits();
    let exponent = (bits >> 52) as i64 - 1022;
    let fraction = f64::from_bits(bits & ((1 << 52) - 1) | 1022 << 52);
    if x < f64::MIN_POSITIVE {
        return x.log2();
    }
    if fraction == 0.5 {
        (exponent - 1) as f64
    } else {
        exponent as f64 + fraction.ln() * (1.0 / std::f64::consts::LN_2)
    }
}

const OTHERS: &[(&str, Code)] = &[
    ("math.Float64bits", |call| copy(call)),
    ("math.Float64frombits", |call| copy(call)),
    ("math.Float32bits", |call| {
        let bits = (call.float(0) as f32).to_bits();
        call.set(0, u64::from(bits));
        Ok(())
    }),
    ("math.Float32frombits", |call| {
        let value = f32::from_bits(call.word(0) as u32);
        call.set_float(0, f64::from(value));
        Ok(())
    }),
    ("math.Pow", |call| binary(call, f64::powf)),
    ("math.Atan2", |call| binary(call, f64::atan2)),
    ("math.Hypot", |call| binary(call, f64::hypot)),
    ("math.Mod", |call| binary(call, |x, y| x % y)),
    ("math.Remainder", |call| binary(call, remainder)),
    ("math.FMA", |call| {
        let result = call.float(0).mul_add(call.float(1), call.float(2));
        call.set_float(0, result);
        Ok(())
    }),
];

fn copy(call: &mut Call<'_>) -> Result<(), Throw> {
    let word = call.word(0);
    call.set(0, word);
    Ok(())
}

fn binary(call: &mut Call<'_>, function: fn(f64, f64) -> f64) -> Result<(), Throw> {
    let result = function(call.float(0), call.float(1));
    call.set_float(0, result);
    Ok(())
}

/// The IEEE 754 remainder: the quotient is rounded to the nearest even.
fn remainder(x: f64, y: f64) -> f64 {
    if !x.is_finite() || y == 0.0 || y.is_nan() {
        return f64::NAN;
    }
    if y.is_infinite() {
        return x;
    }
    let (size, y) = (x.abs(), y.abs());
    let mut rest = size % y;
    let odd = (size - rest) / y % 2.0 != 0.0;
    if rest * 2.0 > y || (rest * 2.0 == y && odd) {
        rest -= y;
    }
    if x.is_sign_negative() { -rest } else { rest }
}

/// All of them.
pub const TABLE: &[(&str, Code)] = &JOINED;

const JOINED: [(&str, Code); UNARY.len() + OTHERS.len()] = {
    let mut all: [(&str, Code); UNARY.len() + OTHERS.len()] =
        [UNARY[0]; UNARY.len() + OTHERS.len()];
    let mut at = 0;
    while at < UNARY.len() {
        all[at] = UNARY[at];
        at += 1;
    }
    while at < all.len() {
        all[at] = OTHERS[at - UNARY.len()];
        at += 1;
    }
    all
};
