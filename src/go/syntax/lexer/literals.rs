//! Numbers, runes and strings.

use super::Lexer;
use crate::go::syntax::ast::LiteralKind;
use crate::go::syntax::token::Token;
use std::rc::Rc;

impl Lexer<'_> {
    fn set_literal(&mut self, kind: LiteralKind) {
        self.token = Token::Literal;
        self.literal = kind;
        self.ends_statement = true;
    }

    pub(super) fn string(&mut self) {
        let mut value = Vec::new();
        self.at += 1;
        loop {
            match self.byte() {
                b'"' => {
                    self.at += 1;
                    break;
                }
                b'\\' => {
                    self.at += 1;
                    if let Some(escape) = self.escape(b'"') {
                        escape.push_to(&mut value);
                    }
                }
                b'\n' => {
                    self.error(self.at, "newline in string");
                    break;
                }
                _ if self.at >= self.text.len() => {
                    self.error(self.start, "string not terminated");
                    break;
                }
                byte => {
                    value.push(byte);
                    self.at += 1;
                }
            }
        }
        self.set_literal(LiteralKind::String(value.into()));
    }

    pub(super) fn raw_string(&mut self) {
        let rest = self.text.get(self.at + 1..).unwrap_or("");
        let length = match rest.find('`') {
            Some(length) => {
                self.at += length + 2;
                length
            }
            None => {
                self.error(self.start, "string not terminated");
                self.at = self.text.len();
                rest.len()
            }
        };
        let inner = rest.get(..length).unwrap_or("");
        let value: Rc<[u8]> = match inner.contains('\r') {
            true => inner.replace('\r', "").into_bytes().into(),
            false => inner.as_bytes().into(),
        };
        self.set_literal(LiteralKind::String(value));
    }

    pub(super) fn rune(&mut self) {
        let mut value = 0;
        let mut count = 0;
        let mut good = true;
        self.at += 1;
        loop {
            match self.byte() {
                b'\'' => {
                    if good && count == 0 {
                        self.error(self.at, "empty rune literal or unescaped '");
                    } else if good && count > 1 {
                        self.error(self.start, "more than one character in rune literal");
                    }
                    self.at += 1;
                    break;
                }
                b'\\' => {
                    self.at += 1;
                    match self.escape(b'\'') {
                        Some(Escape::Byte(byte)) => value = u32::from(byte),
                        Some(Escape::Char(c)) => value = u32::from(c),
                        None => good = false,
                    }
                }
                b'\n' => {
                    if good {
                        self.error(self.at, "newline in rune literal");
                    }
                    break;
                }
                _ => match self.char() {
                    Some(c) => {
                        value = u32::from(c);
                        self.at += c.len_utf8();
                    }
                    None => {
                        if good {
                            self.error(self.start, "rune literal not terminated");
                        }
                        break;
                    }
                },
            }
            count += 1;
        }
        self.set_literal(LiteralKind::Rune(value));
    }

    /// What stands after a backslash; `None` if that was reported, or the text ends.
    fn escape(&mut self, quote: u8) -> Option<Escape> {
        let byte = self.byte();
        let (digits, base) = match byte {
            b'0'..=b'7' => (3, 8),
            b'x' => (2, 16),
            b'u' => (4, 16),
            b'U' => (8, 16),
            _ => {
                let value = match byte {
                    b'a' => 7,
                    b'b' => 8,
                    b'f' => 12,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'v' => 11,
                    b'\\' => b'\\',
                    _ if byte == quote => quote,
                    _ => {
                        if self.at < self.text.len() {
                            self.error(self.at, "unknown escape");
                        }
                        return None;
                    }
                };
                self.at += 1;
                return Some(Escape::Byte(value));
            }
        };
        self.at += usize::from(base == 16);
        let mut value: u32 = 0;
        for _ in 0..digits {
            let c = self.char()?;
            let Some(digit) = c.to_digit(base) else {
                let name = if base == 8 { "octal" } else { "hexadecimal" };
                self.error(
                    self.at,
                    format!("invalid character {} in {name} escape", quoted(c)),
                );
                return None;
            };
            value = value.wrapping_mul(base).wrapping_add(digit);
            self.at += 1;
        }
        if digits <= 3 {
            let byte = u8::try_from(value).ok();
            if byte.is_none() {
                self.error(self.at, format!("octal escape value {value} > 255"));
            }
            return byte.map(Escape::Byte);
        }
        let c = char::from_u32(value);
        if c.is_none() {
            let message = format!("escape is invalid Unicode code point U+{value:04X}");
            self.error(self.at, message);
        }
        c.map(Escape::Char)
    }

    /// An integer, float or imaginary literal.
    pub(super) fn number(&mut self) {
        let mut number = Number::default();
        if self.byte() == b'0' {
            number.base = match self.byte_after(1) | 0x20 {
                b'x' => Base::Hexadecimal,
                b'o' => Base::Octal,
                b'b' => Base::Binary,
                _ => Base::LeadingZero,
            };
            number.digits = number.base == Base::LeadingZero;
            self.at += if number.digits { 1 } else { 2 };
        }
        let mut kind = LiteralKind::Int;
        self.digits(&mut number);
        if self.byte() == b'.' {
            kind = LiteralKind::Float;
            if matches!(number.base, Base::Binary | Base::Octal) {
                let message = format!("invalid radix point in {} literal", number.base.name());
                self.complain(&mut number, self.at, message);
            }
            self.at += 1;
            self.digits(&mut number);
        }
        if !number.digits {
            let message = format!("{} literal has no digits", number.base.name());
            self.complain(&mut number, self.at, message);
        }
        if matches!(self.byte() | 0x20, b'e' | b'p') {
            kind = LiteralKind::Float;
            self.exponent(&mut number);
        } else if number.base == Base::Hexadecimal && kind == LiteralKind::Float {
            let message = "hexadecimal mantissa requires a 'p' exponent";
            self.complain(&mut number, self.at, message.to_owned());
        }
        if self.byte() == b'i' {
            kind = LiteralKind::Imaginary;
            self.at += 1;
        }
        self.end = self.at;
        if let (LiteralKind::Int, Some(at)) = (&kind, number.invalid) {
            let digit = char::from(self.text.as_bytes().get(at).copied().unwrap_or(b'0'));
            let name = number.base.name();
            let message = format!("invalid digit '{digit}' in {name} literal");
            self.complain(&mut number, at, message);
        }
        let misplaced = misplaced_separator(self.token_text().as_bytes());
        if let (true, Some(at)) = (number.separators, misplaced) {
            let message = "'_' must separate successive digits";
            self.complain(&mut number, self.start + at, message.to_owned());
        }
        self.set_literal(kind);
    }

    /// Reports the first thing that is wrong with a number.
    fn complain(&mut self, number: &mut Number, at: usize, message: String) {
        if !std::mem::replace(&mut number.bad, true) {
            self.error(at, message);
        }
    }

    fn exponent(&mut self, number: &mut Number) {
        let letter = self.byte();
        let wanted = match (letter | 0x20, number.base) {
            (b'p', Base::Hexadecimal) | (b'e', Base::Decimal | Base::LeadingZero) => None,
            (b'p', _) => Some("hexadecimal"),
            _ => Some("decimal"),
        };
        if let Some(wanted) = wanted {
            let letter = char::from(letter);
            let message = format!("'{letter}' exponent requires {wanted} mantissa");
            self.complain(number, self.at, message);
        }
        self.at += 1;
        if matches!(self.byte(), b'+' | b'-') {
            self.at += 1;
        }
        let mut exponent = Number::default();
        self.digits(&mut exponent);
        number.separators |= exponent.separators;
        if !exponent.digits {
            self.complain(number, self.at, "exponent has no digits".to_owned());
        }
    }

    fn digits(&mut self, number: &mut Number) {
        let limit = match number.base {
            Base::Binary => 2,
            Base::Octal | Base::LeadingZero => 8,
            Base::Decimal | Base::Hexadecimal => 10,
        };
        loop {
            match self.byte() {
                b'_' => number.separators = true,
                byte @ b'0'..=b'9' => {
                    number.digits = true;
                    if byte - b'0' >= limit && number.invalid.is_none() {
                        number.invalid = Some(self.at);
                    }
                }
                byte if number.base == Base::Hexadecimal && byte.is_ascii_hexdigit() => {
                    number.digits = true;
                }
                _ => break,
            }
            self.at += 1;
        }
    }
}

/// The value of an escape sequence.
enum Escape {
    Byte(u8),
    Char(char),
}

impl Escape {
    fn push_to(self, bytes: &mut Vec<u8>) {
        match self {
            Escape::Byte(byte) => bytes.push(byte),
            Escape::Char(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Base {
    Binary,
    Octal,
    #[default]
    Decimal,
    Hexadecimal,
    /// A zero without a letter: octal, unless it turns out to be no integer.
    LeadingZero,
}

impl Base {
    fn name(self) -> &'static str {
        match self {
            Base::Binary => "binary",
            Base::Octal | Base::LeadingZero => "octal",
            Base::Decimal => "decimal",
            Base::Hexadecimal => "hexadecimal",
        }
    }
}

/// What is known of a number.
#[derive(Default)]
struct Number {
    base: Base,
    /// Whether there are digits, and separators.
    digits: bool,
    separators: bool,
    /// The first digit too large for the base.
    invalid: Option<usize>,
    /// Whether something was wrong; that was reported.
    bad: bool,
}

/// The first `_` that does not stand between digits (or between a base prefix and a digit).
fn misplaced_separator(number: &[u8]) -> Option<usize> {
    let mut previous = b'.';
    let mut start = 0;
    if let [b'0', b'b' | b'B' | b'o' | b'O' | b'x' | b'X', ..] = number {
        start = 2;
        previous = b'0';
    }
    for (at, &byte) in number.iter().enumerate().skip(start) {
        let class = match byte {
            b'_' if previous != b'0' => return Some(at),
            b'_' => b'_',
            _ if byte.is_ascii_digit() || start == 2 && byte.is_ascii_hexdigit() => b'0',
            _ if previous == b'_' => return Some(at - 1),
            _ => b'.',
        };
        previous = class;
    }
    (previous == b'_').then(|| number.len() - 1)
}

/// A character as Go's `%q` shows it.
fn quoted(c: char) -> String {
    match c {
        '"' => "'\"'".to_owned(),
        _ => format!("'{}'", c.escape_debug()),
    }
}
