//! Format strings.

use super::super::heap::Word;
use super::super::text::utf8;
use super::{Flags, Printer};
use crate::go::compile::layout::Kind;

/// Widths and precisions beyond this are errors.
const MOST: usize = 1_000_000;

/// Reading a format string against its operands.
struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    /// The next operand.
    operand: usize,
    /// An explicit index `[n]` was used somewhere.
    reordered: bool,
    /// The last explicit index was good.
    good_index: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// A decimal number; `None` if there is none or it is too large.
    fn number(&mut self) -> Option<usize> {
        let start = self.at;
        let mut value = 0usize;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            value = value * 10 + usize::from(digit - b'0');
            self.at += 1;
            if value > MOST {
                return None;
            }
        }
        (self.at > start).then_some(value)
    }

    /// `[n]`; whether there was one.
    fn index(&mut self, count: usize) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let Some(length) = self.text[self.at..].iter().position(|&byte| byte == b']') else {
            self.good_index = false;
            self.at += 1;
            return false;
        };
        let inside = &self.text[self.at + 1..self.at + length];
        self.at += length + 1;
        let number = std::str::from_utf8(inside)
            .ok()
            .and_then(|text| text.parse::<usize>().ok());
        match number {
            Some(number) if (1..=count).contains(&number) && inside[0] != b'+' => {
                self.operand = number - 1;
                true
            }
            _ => {
                self.good_index = false;
                true
            }
        }
    }
}

impl Printer<'_> {
    pub(super) fn formatted(&mut self, text: &[u8], operands: &[[Word; 2]], wrapping: bool) {
        self.wrapping = wrapping;
        let mut reader = Reader {
            text,
            at: 0,
            operand: 0,
            reordered: false,
            good_index: true,
        };
        while reader.at < text.len() {
            let rest = &text[reader.at..];
            let plain = rest
                .iter()
                .position(|&byte| byte == b'%')
                .unwrap_or(rest.len());
            self.out.extend_from_slice(&rest[..plain]);
            reader.at += plain;
            if reader.at >= text.len() {
                break;
            }
            reader.at += 1;
            self.directive(&mut reader, operands);
        }
        if !reader.reordered && reader.operand < operands.len() {
            self.extra(&operands[reader.operand..]);
        }
    }

    fn extra(&mut self, operands: &[[Word; 2]]) {
        self.flags = Flags::default();
        self.push("%!(EXTRA ");
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            if operand[0] == 0 {
                self.push("<nil>");
            } else {
                let name = self.core.type_of(operand[0]).name.clone();
                self.push(&name);
                self.out.push(b'=');
                self.argument(operand, 'v');
            }
        }
        self.out.push(b')');
    }

    /// A directive, behind its `%`.
    fn directive(&mut self, reader: &mut Reader<'_>, operands: &[[Word; 2]]) {
        self.flags = Flags::default();
        reader.good_index = true;
        while let Some(byte) = reader.peek() {
            match byte {
                b'#' => self.flags.sharp = true,
                b'0' => self.flags.zero = true,
                b'+' => self.flags.plus = true,
                b'-' => self.flags.minus = true,
                b' ' => self.flags.space = true,
                _ => break,
            }
            reader.at += 1;
        }
        let mut indexed = reader.index(operands.len());
        if reader.peek() == Some(b'*') {
            reader.at += 1;
            match self.star(reader, operands) {
                Some(width) => {
                    if width < 0 {
                        self.flags.minus = true;
                        self.flags.zero = false;
                    }
                    self.flags.width = Some(width.unsigned_abs() as usize);
                }
                None => self.push("%!(BADWIDTH)"),
            }
            indexed = false;
        } else {
            self.flags.width = reader.number();
            if indexed && self.flags.width.is_some() {
                // `%[3]2d`
                reader.good_index = false;
            }
        }
        if reader.peek() == Some(b'.') {
            reader.at += 1;
            if indexed {
                reader.good_index = false;
            }
            indexed = reader.index(operands.len());
            if reader.peek() == Some(b'*') {
                reader.at += 1;
                match self.star(reader, operands) {
                    Some(precision) if precision >= 0 => {
                        self.flags.precision = Some(precision as usize)
                    }
                    Some(_) => {}
                    None => self.push("%!(BADPREC)"),
                }
                indexed = false;
            } else {
                self.flags.precision = Some(reader.number().unwrap_or(0));
            }
        }
        if !indexed {
            reader.index(operands.len());
        }
        let (rune, width) = utf8::decode(&reader.text[reader.at..]);
        if width == 0 {
            self.push("%!(NOVERB)");
            return;
        }
        reader.at += width;
        self.verb(char::from_u32(rune).unwrap_or('\u{FFFD}'), reader, operands);
    }

    /// The operand of a `*`.
    fn star(&mut self, reader: &mut Reader<'_>, operands: &[[Word; 2]]) -> Option<i64> {
        let operand = operands.get(reader.operand)?;
        reader.operand += 1;
        if operand[0] == 0 {
            return None;
        }
        let value = match self.core.type_of(operand[0]).kind {
            Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => operand[1] as i64,
            Kind::Uint
            | Kind::Uint8
            | Kind::Uint16
            | Kind::Uint32
            | Kind::Uint64
            | Kind::Uintptr => i64::try_from(operand[1]).ok()?,
            _ => return None,
        };
        (value.unsigned_abs() as usize <= MOST).then_some(value)
    }

    fn verb(&mut self, verb: char, reader: &mut Reader<'_>, operands: &[[Word; 2]]) {
        if verb == '%' {
            self.out.push(b'%');
            return;
        }
        if !reader.good_index {
            self.push("%!");
            self.push(verb.encode_utf8(&mut [0; 4]));
            self.push("(BADINDEX)");
            return;
        }
        let Some(operand) = operands.get(reader.operand) else {
            self.push("%!");
            self.push(verb.encode_utf8(&mut [0; 4]));
            self.push("(MISSING)");
            return;
        };
        if verb == 'w' && self.wrapping {
            self.wrapped.push(reader.operand);
        }
        reader.operand += 1;
        let verb = if verb == 'w' && self.wrapping {
            'v'
        } else {
            verb
        };
        if verb == 'v' {
            if self.flags.sharp {
                self.flags.sharp = false;
                self.flags.sharp_v = true;
            }
            if self.flags.plus {
                self.flags.plus = false;
                self.flags.plus_v = true;
            }
        }
        self.argument(operand, verb);
    }
}
