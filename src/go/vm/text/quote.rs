//! Quoted strings and runes as `strconv.Quote` and its kin write them.

use super::utf8;

/// Whether Go prints a rune as it is: letters, marks, numbers, punctuation, symbols and the space.
pub fn is_printable(rune: u32) -> bool {
    let Some(character) = char::from_u32(rune) else {
        return false;
    };
    match character {
        ' '..='~' => true,
        '\u{AD}' => false,
        // Combining marks are escaped by Rust for another reason than being unprintable.
        '\u{300}'..='\u{36F}' => true,
        _ if character.is_whitespace() || character.is_control() => false,
        _ if (0xE000..=0xF8FF).contains(&rune) || rune >= 0xF_0000 => false,
        _ => character.escape_debug().count() == 1 || character.is_alphanumeric(),
    }
}

/// What to write as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Everything printable.
    Printable,
    /// Printable ASCII.
    Ascii,
}

/// `strconv.Quote` or `QuoteToASCII`.
pub fn string(bytes: &[u8], keep: Keep) -> String {
    let mut text = String::with_capacity(bytes.len() + 2);
    text.push('"');
    let mut at = 0;
    while at < bytes.len() {
        let (rune, width) = utf8::decode(&bytes[at..]);
        if width == 1 && rune == utf8::REPLACEMENT {
            text.push_str(&format!("\\x{:02x}", bytes[at]));
        } else {
            escape(rune, '"', keep, &mut text);
        }
        at += width;
    }
    text.push('"');
    text
}

/// `strconv.QuoteRune` or `QuoteRuneToASCII`.
pub fn rune(rune: i64, keep: Keep) -> String {
    let rune = u32::try_from(rune)
        .ok()
        .filter(|&rune| char::from_u32(rune).is_some())
        .unwrap_or(utf8::REPLACEMENT);
    let mut text = String::from("'");
    escape(rune, '\'', keep, &mut text);
    text.push('\'');
    text
}

fn escape(rune: u32, quote: char, keep: Keep, text: &mut String) {
    let character = char::from_u32(rune).unwrap_or('\u{FFFD}');
    if character == quote || character == '\\' {
        text.push('\\');
        text.push(character);
        return;
    }
    if is_printable(rune) && (keep == Keep::Printable || character.is_ascii()) {
        text.push(character);
        return;
    }
    match rune {
        7 => text.push_str("\\a"),
        8 => text.push_str("\\b"),
        9 => text.push_str("\\t"),
        10 => text.push_str("\\n"),
        11 => text.push_str("\\v"),
        12 => text.push_str("\\f"),
        13 => text.push_str("\\r"),
        0..=0x1F | 0x7F => text.push_str(&format!("\\x{rune:02x}")),
        0x80..=0xFFFF => text.push_str(&format!("\\u{rune:04x}")),
        _ => text.push_str(&format!("\\U{rune:08x}")),
    }
}

/// Whether a string can stand between backquotes on one line.
pub fn can_backquote(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| {
        text.chars().all(|character| match character {
            '\t' => true,
            '`' | '\u{7F}' | '\u{FEFF}' => false,
            _ => character >= ' ',
        })
    })
}

/// `strconv.Unquote`: the content of a quoted Go literal, `None` if it is none.
pub fn unquote(text: &[u8]) -> Option<Vec<u8>> {
    let (&quote, rest) = text.split_first()?;
    let (&last, body) = rest.split_last()?;
    if quote != last {
        return None;
    }
    match quote {
        b'`' if !body.contains(&b'`') => {
            Some(body.iter().copied().filter(|&byte| byte != b'\r').collect())
        }
        b'"' | b'\'' => {
            let mut out = Vec::new();
            let mut rest = body;
            let mut count = 0;
            while !rest.is_empty() {
                rest = unquote_one(rest, quote, &mut out)?;
                count += 1;
            }
            (quote == b'"' || count == 1).then_some(out)
        }
        _ => None,
    }
}

/// Reads one possibly escaped character.
fn unquote_one<'a>(text: &'a [u8], quote: u8, out: &mut Vec<u8>) -> Option<&'a [u8]> {
    let first = *text.first()?;
    if first == quote || first == b'\n' {
        return None;
    }
    if first != b'\\' {
        let (_, width) = utf8::decode(text);
        out.extend_from_slice(&text[..width]);
        return Some(&text[width..]);
    }
    let kind = *text.get(1)?;
    let rest = &text[2..];
    let number = |digits: &[u8], base: u32| {
        let text = std::str::from_utf8(digits).ok()?;
        u32::from_str_radix(text, base).ok()
    };
    let simple = match kind {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' => b'\\',
        b'\'' | b'"' if kind == quote => kind,
        b'x' => {
            out.push(number(rest.get(..2)?, 16)? as u8);
            return Some(&rest[2..]);
        }
        b'0'..=b'7' => {
            out.push(u8::try_from(number(text.get(1..4)?, 8)?).ok()?);
            return Some(&text[4..]);
        }
        b'u' | b'U' => {
            let width = if kind == b'u' { 4 } else { 8 };
            let rune = number(rest.get(..width)?, 16)?;
            char::from_u32(rune)?;
            utf8::encode(i64::from(rune), out);
            return Some(&rest[width..]);
        }
        _ => return None,
    };
    out.push(simple);
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_go() {
        assert_eq!(
            string(b"a\"b\\\n\x00\xff", Keep::Printable),
            r#""a\"b\\\n\x00\xff""#
        );
        assert_eq!(
            string("é☺\u{200b}".as_bytes(), Keep::Printable),
            "\"é☺\\u200b\""
        );
        assert_eq!(string("é☺".as_bytes(), Keep::Ascii), r#""\u00e9\u263a""#);
        assert_eq!(rune(0x27, Keep::Printable), r"'\''");
        assert_eq!(rune(0x1F600, Keep::Ascii), r"'\U0001f600'");
        assert_eq!(rune(-1, Keep::Printable), "'\u{FFFD}'");
    }

    #[test]
    fn unquotes_what_was_quoted() {
        for text in ["", "a\"b\\\n\0", "é☺\u{200b}", "\u{1F600}'"] {
            let quoted = string(text.as_bytes(), Keep::Ascii);
            assert_eq!(unquote(quoted.as_bytes()).as_deref(), Some(text.as_bytes()));
        }
        assert_eq!(unquote(b"`a\\n`").as_deref(), Some(&b"a\\n"[..]));
        assert_eq!(unquote(b"'ab'"), None);
        assert_eq!(unquote(b"\"a"), None);
    }
}
