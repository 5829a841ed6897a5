//! Natives of `strings`, `strconv` and `unicode`: what would be slow, or long, in Go.

use super::super::fault::Throw;
use super::super::heap::{Object, Word, handle, pointer};
use super::super::text::float::{self, NumberError, Precision};
use super::super::text::quote::{self, Keep};
use super::{Call, Code};

pub const TABLE: &[(&str, Code)] = &[
    ("strings.Index", |call| {
        let at = find(call.string(0), call.string(2));
        call.set(0, position(at));
        Ok(())
    }),
    ("strings.LastIndex", |call| {
        let at = find_last(call.string(0), call.string(2));
        call.set(0, position(at));
        Ok(())
    }),
    ("strings.IndexByte", |call| {
        let byte = call.word(2) as u8;
        let at = call.string(0).iter().position(|&other| other == byte);
        call.set(0, position(at));
        Ok(())
    }),
    ("strings.Repeat", repeat),
    ("strings.ToUpper", |call| mapped(call, upper)),
    ("strings.ToLower", |call| mapped(call, lower)),
    ("(*strings.Builder).WriteString", builder_write_string),
    ("(*strings.Builder).WriteByte", builder_write_byte),
    ("(*strings.Builder).Write", builder_write),
    ("(*strings.Builder).String", builder_string),
    ("(*strings.Builder).Len", builder_len),
    ("(*strings.Builder).Reset", builder_reset),
    ("strconv.formatFloat", format_float),
    ("strconv.parseFloat", parse_float),
    ("strconv.Itoa", |call| {
        let text = call.int(0).to_string();
        call.set_string(0, text.into_bytes())
    }),
    ("strconv.Quote", |call| {
        let text = quote::string(call.string(0), Keep::Printable);
        call.set_string(0, text.into_bytes())
    }),
    ("strconv.QuoteToASCII", |call| {
        let text = quote::string(call.string(0), Keep::Ascii);
        call.set_string(0, text.into_bytes())
    }),
    ("strconv.QuoteRune", |call| {
        let text = quote::rune(call.int(0), Keep::Printable);
        call.set_string(0, text.into_bytes())
    }),
    ("strconv.unquote", |call| {
        let text = quote::unquote(call.string(0));
        call.set_bool(2, text.is_some());
        call.set_string(0, text.unwrap_or_default())
    }),
    ("unicode.IsLetter", |call| class(call, char::is_alphabetic)),
    ("unicode.IsDigit", |call| {
        class(call, |rune| rune.is_ascii_digit() || is_digit(rune))
    }),
    ("unicode.IsNumber", |call| class(call, char::is_numeric)),
    ("unicode.IsSpace", |call| class(call, char::is_whitespace)),
    ("unicode.IsUpper", |call| class(call, char::is_uppercase)),
    ("unicode.IsLower", |call| class(call, char::is_lowercase)),
    ("unicode.IsControl", |call| class(call, char::is_control)),
    ("unicode.IsPunct", |call| class(call, is_punctuation)),
    ("unicode.IsPrint", |call| {
        class(call, |rune| quote::is_printable(u32::from(rune)))
    }),
    ("unicode.ToUpper", |call| converted(call, upper)),
    ("unicode.ToLower", |call| converted(call, lower)),
];

fn position(at: Option<usize>) -> Word {
    at.map_or(-1i64 as Word, |at| at as Word)
}

/// Where `needle` first stands in `text`.
pub fn find(text: &[u8], needle: &[u8]) -> Option<usize> {
    let Some((&first, rest)) = needle.split_first() else {
        return Some(0);
    };
    if needle.len() > text.len() {
        return None;
    }
    let last = text.len() - needle.len();
    let mut at = 0;
    while at <= last {
        at += text[at..=last].iter().position(|&byte| byte == first)?;
        if text[at + 1..].starts_with(rest) {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn find_last(text: &[u8], needle: &[u8]) -> Option<usize> {
    let last = text.len().checked_sub(needle.len())?;
    (0..=last).rev().find(|&at| text[at..].starts_with(needle))
}

fn repeat(call: &mut Call<'_>) -> Result<(), Throw> {
    let count = call.int(2);
    if count < 0 {
        return Err(Throw::Text("strings: negative Repeat count".into()));
    }
    let length = call.word(1) as usize;
    let Some(total) = length.checked_mul(count as usize) else {
        return Err(Throw::Text("strings: Repeat output length overflow".into()));
    };
    call.core.heap_room(total)?;
    let text = call.string(0).repeat(count as usize);
    call.set_string(0, text)
}

fn mapped(call: &mut Call<'_>, map: fn(char) -> char) -> Result<(), Throw> {
    let text = String::from_utf8_lossy(call.string(0));
    let mapped: String = text.chars().map(map).collect();
    call.set_string(0, mapped.into_bytes())
}

/// The one upper-case letter of a letter; Go leaves alone what would become several.
fn upper(rune: char) -> char {
    let mut letters = rune.to_uppercase();
    match (letters.next(), letters.next()) {
        (Some(one), None) => one,
        _ => rune,
    }
}

/// The one lower-case letter of a letter.
fn lower(rune: char) -> char {
    rune.to_lowercase().next().unwrap_or(rune)
}

/// The buffer of a builder, made on first use; its hidden word is the struct's first.
fn buffer(call: &mut Call<'_>, receiver: Word) -> Result<u32, Throw> {
    if receiver == 0 {
        return Err(Throw::Nil);
    }
    let word = call.core.heap.load(receiver);
    if word != 0 {
        return Ok(handle(word));
    }
    let made = call.core.heap.allocate(Object::Buffer(Vec::new()));
    call.core.heap.store(receiver, pointer(made, 0));
    Ok(made)
}

/// `func (b *Builder) WriteString(s string) (int, error)`
fn builder_write_string(call: &mut Call<'_>) -> Result<(), Throw> {
    let (text, length) = (call.word(0), call.word(1));
    let into = buffer(call, call.word(2))?;
    call.core.heap_room(length as usize)?;
    call.core.heap.append_string(into, text, length);
    finish_write(call, length)
}

fn finish_write(call: &mut Call<'_>, length: Word) -> Result<(), Throw> {
    call.set(0, length);
    call.set(1, 0);
    call.set(2, 0);
    Ok(())
}

/// `func (b *Builder) WriteByte(c byte) error`
fn builder_write_byte(call: &mut Call<'_>) -> Result<(), Throw> {
    let byte = call.word(0) as u8;
    let into = buffer(call, call.word(1))?;
    call.core.heap_room(1)?;
    call.core.heap.append_buffer(into, &[byte]);
    call.set(0, 0);
    call.set(1, 0);
    Ok(())
}

/// `func (b *Builder) Write(p []byte) (int, error)`
fn builder_write(call: &mut Call<'_>) -> Result<(), Throw> {
    let bytes = call.bytes(0);
    let into = buffer(call, call.word(3))?;
    call.core.heap_room(bytes.len())?;
    call.core.heap.append_buffer(into, &bytes);
    finish_write(call, bytes.len() as Word)
}

/// `func (b *Builder) String() string`: the bytes so far; they never change, only grow.
fn builder_string(call: &mut Call<'_>) -> Result<(), Throw> {
    let into = buffer(call, call.word(0))?;
    let length = buffer_len(call, into);
    call.set(0, if length == 0 { 0 } else { pointer(into, 0) });
    call.set(1, length);
    Ok(())
}

fn buffer_len(call: &Call<'_>, buffer: u32) -> Word {
    match call.core.heap.get(buffer) {
        Object::Buffer(bytes) => bytes.len() as Word,
        _ => 0,
    }
}

/// `func (b *Builder) Len() int`
fn builder_len(call: &mut Call<'_>) -> Result<(), Throw> {
    let into = buffer(call, call.word(0))?;
    let length = buffer_len(call, into);
    call.set(0, length);
    Ok(())
}

/// `func (b *Builder) Reset()`: strings made so far keep the old buffer.
fn builder_reset(call: &mut Call<'_>) -> Result<(), Throw> {
    let receiver = call.word(0);
    buffer(call, receiver)?;
    call.core.heap.store(receiver, 0);
    Ok(())
}

/// `func formatFloat(f float64, verb byte, precision, bits int) string`
fn format_float(call: &mut Call<'_>) -> Result<(), Throw> {
    let precision = match call.int(2) {
        digits if digits < 0 => Precision::Shortest,
        digits => Precision::Digits(digits as usize),
    };
    let text = float::format(
        call.float(0),
        call.word(1) as u8,
        precision,
        call.word(3) as u32,
    );
    call.set_string(0, text.into_bytes())
}

/// `func parseFloat(s string, bits int) (value float64, failure int)`: 1 is bad syntax, 2 out of range.
fn parse_float(call: &mut Call<'_>) -> Result<(), Throw> {
    let text = String::from_utf8_lossy(call.string(0)).into_owned();
    let (value, error) = float::parse(&text, call.word(2) as u32);
    call.set_float(0, value);
    call.set(
        1,
        match error {
            None => 0,
            Some(NumberError::Syntax) => 1,
            Some(NumberError::Range) => 2,
        },
    );
    Ok(())
}

fn rune(word: Word) -> Option<char> {
    u32::try_from(word).ok().and_then(char::from_u32)
}

fn class(call: &mut Call<'_>, is: fn(char) -> bool) -> Result<(), Throw> {
    let result = rune(call.word(0)).is_some_and(is);
    call.set_bool(0, result);
    Ok(())
}

/// Decimal digits of any script: they come in runs of ten, of which Rust knows the numeric ones.
fn is_digit(rune: char) -> bool {
    matches!(u32::from(rune),
        0x660..=0x669 | 0x6F0..=0x6F9 | 0x966..=0x96F | 0x9E6..=0x9EF | 0xFF10..=0xFF19)
}

fn is_punctuation(rune: char) -> bool {
    if rune.is_ascii() {
        return rune.is_ascii_punctuation()
            && !matches!(rune, '$' | '+' | '<' | '=' | '>' | '^' | '`' | '|' | '~');
    }
    matches!(u32::from(rune),
        0xA1 | 0xA7 | 0xAB | 0xB6 | 0xB7 | 0xBB | 0xBF | 0x2010..=0x2027 | 0x2030..=0x205E | 0x3001..=0x3003
        | 0x3008..=0x3011 | 0xFF01..=0xFF03)
}

fn converted(call: &mut Call<'_>, convert: fn(char) -> char) -> Result<(), Throw> {
    let word = call.word(0);
    let result = rune(word).map_or(word, |rune| Word::from(u32::from(convert(rune))));
    call.set(0, result);
    Ok(())
}
