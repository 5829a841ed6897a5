//! Numbers, strings and padding.

use super::super::text::float::{self, Precision};
use super::super::text::quote::{self, Keep};
use super::super::text::utf8;
use super::Printer;

impl Printer<'_> {
    /// Writes text padded to the width.
    pub(super) fn pad(&mut self, text: &[u8]) {
        let missing = match self.flags.width {
            Some(width) => width.saturating_sub(utf8::count(text)),
            None => 0,
        };
        if self.flags.minus {
            self.out.extend_from_slice(text);
            self.fill(missing, b' ');
        } else {
            self.fill(missing, if self.flags.zero { b'0' } else { b' ' });
            self.out.extend_from_slice(text);
        }
    }

    fn fill(&mut self, count: usize, byte: u8) {
        self.out.extend(std::iter::repeat_n(byte, count));
    }

    /// An integer of up to 64 bits in some base.
    pub(super) fn integer(&mut self, magnitude: u64, negative: bool, base: u32, verb: char) {
        let mut digits = match base {
            2 => format!("{magnitude:b}"),
            8 => format!("{magnitude:o}"),
            16 if verb == 'X' => format!("{magnitude:X}"),
            16 => format!("{magnitude:x}"),
            _ => magnitude.to_string(),
        };
        let mut least = 0;
        if let Some(precision) = self.flags.precision {
            least = precision;
            if precision == 0 && magnitude == 0 {
                let zero = std::mem::take(&mut self.flags.zero);
                self.pad(b"");
                self.flags.zero = zero;
                return;
            }
        } else if self.flags.zero
            && !self.flags.minus
            && let Some(width) = self.flags.width
        {
            let sign = negative || self.flags.plus || self.flags.space;
            least = width.saturating_sub(usize::from(sign));
        }
        if digits.len() < least {
            digits.insert_str(0, &"0".repeat(least - digits.len()));
        }
        if self.flags.sharp {
            match base {
                2 => digits.insert_str(0, "0b"),
                8 if !digits.starts_with('0') => digits.insert(0, '0'),
                16 if verb == 'X' => digits.insert_str(0, "0X"),
                16 => digits.insert_str(0, "0x"),
                _ => {}
            }
        }
        if verb == 'O' {
            digits.insert_str(0, "0o");
        }
        if negative {
            digits.insert(0, '-');
        } else if self.flags.plus {
            digits.insert(0, '+');
        } else if self.flags.space {
            digits.insert(0, ' ');
        }
        let zero = std::mem::take(&mut self.flags.zero);
        self.pad(digits.as_bytes());
        self.flags.zero = zero;
    }

    /// `0x1f`, or without the prefix.
    pub(super) fn hexadecimal(&mut self, value: u64, prefix: bool) {
        let sharp = std::mem::replace(&mut self.flags.sharp, prefix);
        self.integer(value, false, 16, 'v');
        self.flags.sharp = sharp;
    }

    /// An integer under any verb; false if the verb is bad.
    pub(super) fn integer_verb(&mut self, word: u64, signed: bool, verb: char) -> bool {
        let negative = signed && (word as i64) < 0;
        let magnitude = if negative {
            (word as i64).unsigned_abs()
        } else {
            word
        };
        match verb {
            'v' if self.flags.sharp_v && !signed => self.hexadecimal(word, true),
            'v' | 'd' => self.integer(magnitude, negative, 10, verb),
            'b' => self.integer(magnitude, negative, 2, verb),
            'o' | 'O' => self.integer(magnitude, negative, 8, verb),
            'x' | 'X' => self.integer(magnitude, negative, 16, verb),
            'c' => {
                let mut bytes = Vec::new();
                utf8::encode(i64::try_from(word).unwrap_or(-1), &mut bytes);
                self.pad(&bytes);
            }
            'q' => {
                let keep = if self.flags.plus {
                    Keep::Ascii
                } else {
                    Keep::Printable
                };
                let text = quote::rune(i64::try_from(word).unwrap_or(-1), keep);
                self.pad(text.as_bytes());
            }
            'U' => self.unicode(word),
            _ => return false,
        }
        true
    }

    fn unicode(&mut self, rune: u64) {
        let least = self.flags.precision.unwrap_or(4).max(4);
        let mut text = format!("U+{rune:0least$X}");
        if self.flags.sharp
            && let Some(character) = u32::try_from(rune).ok().and_then(char::from_u32)
            && quote::is_printable(u32::from(character))
        {
            text.push_str(&format!(" '{character}'"));
        }
        let zero = std::mem::take(&mut self.flags.zero);
        self.pad(text.as_bytes());
        self.flags.zero = zero;
    }

    /// A float under any verb; false if the verb is bad.
    pub(super) fn float_verb(&mut self, value: f64, bits: u32, verb: char) -> bool {
        let (letter, default) = match verb {
            'v' => ('g', Precision::Shortest),
            'b' | 'g' | 'G' | 'x' | 'X' => (verb, Precision::Shortest),
            'f' | 'e' | 'E' | 'F' => (verb, Precision::Digits(6)),
            _ => return false,
        };
        self.float(value, bits, letter, default);
        true
    }

    fn float(&mut self, value: f64, bits: u32, letter: char, default: Precision) {
        let precision = self.flags.precision.map_or(default, Precision::Digits);
        let mut text = float::format(value, letter as u8, precision, bits);
        if !text.starts_with(['-', '+']) {
            text.insert(0, '+');
        }
        if self.flags.space && text.starts_with('+') && !self.flags.plus {
            text.replace_range(..1, " ");
        }
        if !value.is_finite() {
            // Infinities and NaN are no digits: no zeros before them. NaN has no sign of its own.
            let text = match text.strip_prefix('+') {
                Some(rest) if value.is_nan() && !self.flags.plus => rest.to_string(),
                _ => text,
            };
            let zero = std::mem::take(&mut self.flags.zero);
            self.pad(text.as_bytes());
            self.flags.zero = zero;
            return;
        }
        if self.flags.sharp && letter != 'b' {
            text = sharpen(text, letter, precision);
        }
        // A sign comes before padding zeros; a plus is left out unless asked for.
        if self.flags.plus || !text.starts_with('+') {
            match self.flags.width {
                Some(width) if self.flags.zero && !self.flags.minus && width > text.len() => {
                    self.out.push(text.as_bytes()[0]);
                    self.fill(width - text.len(), b'0');
                    self.out.extend_from_slice(&text.as_bytes()[1..]);
                }
                _ => self.pad(text.as_bytes()),
            }
        } else {
            self.pad(&text.as_bytes()[1..]);
        }
    }

    /// A complex number under any verb; false if the verb is bad.
    pub(super) fn complex_verb(
        &mut self,
        real: f64,
        imaginary: f64,
        bits: u32,
        verb: char,
    ) -> bool {
        if !matches!(
            verb,
            'v' | 'b' | 'g' | 'G' | 'x' | 'X' | 'f' | 'F' | 'e' | 'E'
        ) {
            return false;
        }
        self.out.push(b'(');
        self.float_verb(real, bits, verb);
        let plus = std::mem::replace(&mut self.flags.plus, true);
        self.float_verb(imaginary, bits, verb);
        self.flags.plus = plus;
        self.push("i)");
        true
    }

    /// A string under any verb; false if the verb is bad.
    pub(super) fn string_verb(&mut self, text: &[u8], verb: char) -> bool {
        match verb {
            'v' if self.flags.sharp_v => self.quoted(text),
            'v' | 's' => {
                let text = self.cut(text).to_vec();
                self.pad(&text);
            }
            'x' | 'X' => self.string_digits(text, verb),
            'q' => self.quoted(text),
            _ => return false,
        }
        true
    }

    /// The first runes of a text, as many as the precision says.
    fn cut<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        let Some(mut most) = self.flags.precision else {
            return text;
        };
        let mut at = 0;
        while at < text.len() && most > 0 {
            at += utf8::decode(&text[at..]).1;
            most -= 1;
        }
        &text[..at]
    }

    fn quoted(&mut self, text: &[u8]) {
        let text = self.cut(text);
        let quoted = if self.flags.sharp && quote::can_backquote(text) {
            format!("`{}`", String::from_utf8_lossy(text))
        } else {
            quote::string(
                text,
                if self.flags.plus {
                    Keep::Ascii
                } else {
                    Keep::Printable
                },
            )
        };
        self.pad(quoted.as_bytes());
    }

    fn string_digits(&mut self, text: &[u8], verb: char) {
        let text = match self.flags.precision {
            Some(most) if most < text.len() => &text[..most],
            _ => text,
        };
        let prefix = if verb == 'X' { "0X" } else { "0x" };
        let mut digits = String::new();
        for (index, byte) in text.iter().enumerate() {
            if self.flags.space && index > 0 {
                digits.push(' ');
            }
            if self.flags.sharp && (self.flags.space || index == 0) {
                digits.push_str(prefix);
            }
            digits.push_str(&if verb == 'X' {
                format!("{byte:02X}")
            } else {
                format!("{byte:02x}")
            });
        }
        self.pad(digits.as_bytes());
    }
}

/// `#`: a decimal point always, and the zeros that `%g` leaves out.
fn sharpen(text: String, letter: char, precision: Precision) -> String {
    let (mut body, tail) = match text.find(['e', 'E', 'p', 'P']) {
        Some(at) if at > 0 => (text[..at].to_string(), text[at..].to_string()),
        _ => (text, String::new()),
    };
    let mut digits = match (letter, precision) {
        ('g' | 'G', Precision::Shortest) => 6,
        ('g' | 'G', Precision::Digits(digits)) => digits.max(1),
        _ => 0,
    };
    let significant = body
        .trim_start_matches(['+', '-', ' ', '0', '.'])
        .chars()
        .filter(char::is_ascii_digit)
        .count();
    let significant = if significant == 0 { 1 } else { significant };
    digits = digits.saturating_sub(significant);
    if !body.contains('.') {
        body.push('.');
    }
    body.push_str(&"0".repeat(digits));
    body + &tail
}
