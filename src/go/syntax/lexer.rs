//! Source text to tokens, with the semicolons that Go inserts at line ends.
//!
//! Invariants: every call of `next` makes progress until `Token::Eof`; token spans are ordered and
//! lie on character boundaries. The text is UTF-8 without NUL: `clean` has blanked the rest.

use super::ast::{BinaryOp, LiteralKind};
use super::token::Token;
use crate::go::diagnostic::Diagnostic;
use crate::trace::{FileId, Span};
use std::borrow::Cow;

mod literals;

/// More complaints than this about one file help nobody.
const MAX_DIAGNOSTICS: usize = 100;

pub(super) struct Lexer<'s> {
    pub(super) text: &'s str,
    pub(super) file: FileId,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The current token.
    pub(super) token: Token,
    /// Its first byte, and the one after its last.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Of an `Operator`, `OpAssign`, `IncDec` or `Star`.
    pub(super) op: BinaryOp,
    /// Of a `Semi`: `semicolon`, `newline` or `EOF`.
    pub(super) semi: &'static str,
    /// Of a `Literal`.
    pub(super) literal: LiteralKind,
    /// Whether something is wrong with the `Literal`; it has been reported.
    pub(super) bad: bool,
    /// How many errors there were.
    pub(super) errors: usize,
    /// The spans of comments of the form `//go:` and `//lockstep:`.
    pub(super) directives: Vec<(usize, usize)>,
    /// Where the next token is looked for.
    at: usize,
    /// Whether a line end here ends the statement.
    ends_statement: bool,
}

/// The source as text of the same length in which everything that Go does not allow anywhere
/// (invalid UTF-8, NUL, a byte order mark inside) is blanked and reported.
pub(super) fn clean<'s>(
    file: FileId,
    source: &'s [u8],
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'s, str> {
    const MARK: &str = "\u{feff}";
    let mut complain = |at: usize, width: usize, message: &str| {
        if diagnostics.len() < 10 {
            diagnostics.push(Diagnostic::new(span(file, at, at + width), message));
        }
    };
    let mut text = match str::from_utf8(source) {
        Ok(text) if !text.contains(['\0', '\u{feff}']) => return Cow::Borrowed(text),
        Ok(text) => text.to_owned(),
        Err(_) => {
            let mut text = String::with_capacity(source.len());
            for chunk in source.utf8_chunks() {
                text.push_str(chunk.valid());
                for _ in chunk.invalid() {
                    complain(text.len(), 1, "invalid UTF-8 encoding");
                    text.push(' ');
                }
            }
            text
        }
    };
    if let Some(rest) = text.strip_prefix(MARK) {
        text = format!("   {rest}");
    }
    for (at, found) in text.match_indices(['\0', '\u{feff}']) {
        let message = match found {
            MARK => "invalid BOM in the middle of the file",
            _ => "invalid NUL character",
        };
        complain(at, found.len(), message);
    }
    Cow::Owned(text.replace('\0', " ").replace(MARK, "   "))
}

/// A span of byte offsets. Sources are far shorter than 4 GB.
pub(super) fn span(file: FileId, start: usize, end: usize) -> Span {
    Span {
        file,
        start: start as u32,
        end: end as u32,
    }
}

impl<'s> Lexer<'s> {
    /// A lexer standing before the first token; call `next`.
    pub(super) fn new(file: FileId, text: &'s str, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            text,
            file,
            diagnostics,
            token: Token::Eof,
            start: 0,
            end: 0,
            op: BinaryOp::Add,
            semi: "",
            literal: LiteralKind::Int,
            bad: false,
            errors: 0,
            directives: Vec::new(),
            at: 0,
            ends_statement: false,
        }
    }

    /// The current token as written.
    pub(super) fn token_text(&self) -> &'s str {
        self.text.get(self.start..self.end).unwrap_or("")
    }

    /// Goes to the end of the text: there is nothing more to read.
    pub(super) fn stop(&mut self) {
        self.at = self.text.len();
        self.start = self.at;
        self.end = self.at;
        self.token = Token::Eof;
    }

    /// Whether the current `[` belongs to a list that a `(` follows.
    pub(super) fn opens_type_params(&self) -> bool {
        let mut level = 0;
        let rest = self.text.as_bytes().get(self.start..).unwrap_or(&[]);
        for (at, byte) in rest.iter().enumerate() {
            match byte {
                b'[' => level += 1,
                b']' if level == 1 => return rest.get(at + 1) == Some(&b'('),
                b']' => level -= 1,
                b'\n' => break,
                _ => {}
            }
        }
        false
    }

    pub(super) fn error(&mut self, at: usize, message: impl Into<String>) {
        self.errors += 1;
        let end = self.text.len().min(at + 1);
        let new = Diagnostic::new(span(self.file, at, end), message);
        // Go says the same thing only once a line.
        let repeated = self
            .diagnostics
            .iter()
            .rfind(|old| !old.is_syntax_error())
            .is_some_and(|old| {
                old.message == new.message && self.same_line(old.span.start as usize, at)
            });
        if !repeated && self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(new);
        }
    }

    pub(super) fn same_line(&self, one: usize, other: usize) -> bool {
        let between = self.text.get(one.min(other)..one.max(other));
        !between.is_some_and(|text| text.contains('\n'))
    }

    fn byte(&self) -> u8 {
        self.byte_after(0)
    }

    /// The byte `n` places on, 0 after the end.
    fn byte_after(&self, n: usize) -> u8 {
        self.text.as_bytes().get(self.at + n).copied().unwrap_or(0)
    }

    fn char(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Reads the next token.
    pub(super) fn next(&mut self) {
        let ends_statement = std::mem::replace(&mut self.ends_statement, false);
        loop {
            while matches!(self.byte(), b' ' | b'\t' | b'\r')
                || self.byte() == b'\n' && !ends_statement
            {
                self.at += 1;
            }
            self.start = self.at;
            if self.at >= self.text.len() {
                self.token = Token::Eof;
                if ends_statement {
                    self.token = Token::Semi;
                    self.semi = "EOF";
                }
                break;
            }
            match self.byte() {
                b'\n' => {
                    self.at += 1;
                    self.token = Token::Semi;
                    self.semi = "newline";
                    break;
                }
                b'/' if matches!(self.byte_after(1), b'/' | b'*') => {
                    if self.comment(ends_statement) {
                        self.token = Token::Semi;
                        self.semi = "newline";
                        break;
                    }
                }
                byte => {
                    if self.real_token(byte) {
                        break;
                    }
                    // An unreadable character is not there; what was before it still counts.
                }
            }
        }
        self.end = self.at;
    }

    /// Skips a comment; true if it ends the statement. A line comment that does is left for the
    /// next call.
    fn comment(&mut self, ends_statement: bool) -> bool {
        let rest = self.text.get(self.at..).unwrap_or("");
        if self.byte_after(1) == b'/' {
            if ends_statement {
                return true;
            }
            let length = rest.find('\n').unwrap_or(rest.len());
            if rest.starts_with("//lockstep:") || rest.starts_with("//go:") {
                self.directives.push((self.at, self.at + length));
            }
            self.at += length;
            return false;
        }
        let length = match rest.get(2..).and_then(|inner| inner.find("*/")) {
            Some(length) => length + 4,
            None => {
                self.error(self.at, "comment not terminated");
                rest.len()
            }
        };
        self.at += length;
        ends_statement && rest.get(..length).is_some_and(|text| text.contains('\n'))
    }

    /// Reads what is neither blank nor comment; false for a character that Go does not know.
    fn real_token(&mut self, byte: u8) -> bool {
        let errors = self.errors;
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.name(),
            b'0'..=b'9' => self.number(),
            b'.' if self.byte_after(1).is_ascii_digit() => self.number(),
            b'"' => self.string(),
            b'`' => self.raw_string(),
            b'\'' => self.rune(),
            _ => return self.operator(byte),
        }
        self.bad = self.errors != errors;
        true
    }

    fn name(&mut self) {
        loop {
            match self.byte() {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => self.at += 1,
                0x80.. => {
                    let Some(c) = self.char() else { break };
                    if c.is_numeric() && self.at == self.start {
                        let message = format!("identifier cannot begin with digit {}", shown(c));
                        self.error(self.at, message);
                    } else if !c.is_alphanumeric() {
                        let message = format!("invalid character {} in identifier", shown(c));
                        self.error(self.at, message);
                    }
                    self.at += c.len_utf8();
                }
                _ => break,
            }
        }
        self.end = self.at;
        self.token = Token::keyword(self.token_text()).unwrap_or(Token::Name);
        self.ends_statement = matches!(
            self.token,
            Token::Name | Token::Break | Token::Continue | Token::Fallthrough | Token::Return
        );
    }

    fn operator(&mut self, byte: u8) -> bool {
        use BinaryOp::*;
        let second = self.byte_after(1);
        let (token, width) = match byte {
            b'(' => (Token::LParen, 1),
            b')' => (Token::RParen, 1),
            b'[' => (Token::LBrack, 1),
            b']' => (Token::RBrack, 1),
            b'{' => (Token::LBrace, 1),
            b'}' => (Token::RBrace, 1),
            b',' => (Token::Comma, 1),
            b';' => (Token::Semi, 1),
            b'~' => (Token::Tilde, 1),
            b'.' if second == b'.' && self.byte_after(2) == b'.' => (Token::DotDotDot, 3),
            b'.' => (Token::Dot, 1),
            b':' if second == b'=' => (Token::Define, 2),
            b':' => (Token::Colon, 1),
            b'=' if second == b'=' => self.comparison(Equal, 2),
            b'=' => (Token::Assign, 1),
            b'!' if second == b'=' => self.comparison(NotEqual, 2),
            b'!' => (Token::Not, 1),
            b'<' if second == b'-' => (Token::Arrow, 2),
            b'<' if second == b'=' => self.comparison(LessEqual, 2),
            b'<' if second == b'<' => self.arithmetic(Shl, 2),
            b'<' => self.comparison(Less, 1),
            b'>' if second == b'=' => self.comparison(GreaterEqual, 2),
            b'>' if second == b'>' => self.arithmetic(Shr, 2),
            b'>' => self.comparison(Greater, 1),
            b'&' if second == b'&' => self.comparison(LogicalAnd, 2),
            b'&' if second == b'^' => self.arithmetic(AndNot, 2),
            b'&' => self.arithmetic(And, 1),
            b'|' if second == b'|' => self.comparison(LogicalOr, 2),
            b'|' => self.arithmetic(Or, 1),
            b'+' | b'-' if second == byte => {
                self.op = if byte == b'+' { Add } else { Sub };
                (Token::IncDec, 2)
            }
            b'+' => self.arithmetic(Add, 1),
            b'-' => self.arithmetic(Sub, 1),
            b'*' => match self.arithmetic(Mul, 1) {
                (Token::Operator, width) => (Token::Star, width),
                assign => assign,
            },
            b'/' => self.arithmetic(Div, 1),
            b'%' => self.arithmetic(Rem, 1),
            b'^' => self.arithmetic(Xor, 1),
            _ => {
                let c = self.char().unwrap_or(' ');
                self.error(self.at, format!("invalid character {}", shown(c)));
                self.at += c.len_utf8();
                return false;
            }
        };
        self.at += width;
        self.token = token;
        self.semi = "semicolon";
        self.ends_statement = matches!(
            token,
            Token::RParen | Token::RBrack | Token::RBrace | Token::IncDec
        );
        true
    }

    /// An operator that cannot be joined with `=`.
    fn comparison(&mut self, op: BinaryOp, width: usize) -> (Token, usize) {
        self.op = op;
        (Token::Operator, width)
    }

    /// An operator that can.
    fn arithmetic(&mut self, op: BinaryOp, width: usize) -> (Token, usize) {
        self.op = op;
        match self.byte_after(width) {
            b'=' => (Token::OpAssign, width + 1),
            _ => (Token::Operator, width),
        }
    }
}

/// A character as Go's `%#U` shows it.
fn shown(c: char) -> String {
    let code = u32::from(c);
    match c.escape_debug().len() == 1 || matches!(c, '\'' | '"' | '\\') {
        true => format!("U+{code:04X} '{c}'"),
        false => format!("U+{code:04X}"),
    }
}
