//! UTF-8 as Go reads it: every byte that is not part of a valid sequence is U+FFFD, one byte wide.

/// What stands for bytes that are no text.
pub const REPLACEMENT: u32 = 0xFFFD;

/// The first rune of `bytes` and its width; `(U+FFFD, 1)` for an invalid byte, `(U+FFFD, 0)` at the end.
pub fn decode(bytes: &[u8]) -> (u32, usize) {
    let Some(&first) = bytes.first() else {
        return (REPLACEMENT, 0);
    };
    if first < 0x80 {
        return (u32::from(first), 1);
    }
    let width = match first {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return (REPLACEMENT, 1),
    };
    // The standard library knows which sequences are valid (no surrogates, nothing overlong).
    match bytes.get(..width).map(std::str::from_utf8) {
        Some(Ok(text)) => (text.chars().next().map_or(REPLACEMENT, u32::from), width),
        _ => (REPLACEMENT, 1),
    }
}

/// Appends a rune; what is no Unicode scalar becomes U+FFFD.
pub fn encode(rune: i64, into: &mut Vec<u8>) {
    let character = u32::try_from(rune)
        .ok()
        .and_then(char::from_u32)
        .unwrap_or('\u{FFFD}');
    let mut buffer = [0; 4];
    into.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
}

/// How many runes there are.
pub fn count(bytes: &[u8]) -> usize {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.chars().count(),
        Err(_) => runes(bytes).count(),
    }
}

/// The runes one after the other.
pub fn runes(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (rune, width) = decode(&bytes[at..]);
        at += width;
        (width > 0).then_some(rune)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_are_one_wide() {
        assert_eq!(decode("é".as_bytes()), (0xE9, 2));
        assert_eq!(decode(b"\xff"), (REPLACEMENT, 1));
        assert_eq!(decode(b"\xed\xa0\x80"), (REPLACEMENT, 1), "a surrogate");
        assert_eq!(decode(b"\xe4\xb8"), (REPLACEMENT, 1), "cut off");
        assert_eq!(decode(b""), (REPLACEMENT, 0));
        assert_eq!(count(b"a\xffb\xe4\xb8\xad"), 4);
    }

    #[test]
    fn encodes_what_is_no_scalar_as_replacement() {
        let mut bytes = Vec::new();
        encode(0xD800, &mut bytes);
        encode(-1, &mut bytes);
        encode(65, &mut bytes);
        assert_eq!(bytes, "\u{FFFD}\u{FFFD}A".as_bytes());
    }
}
