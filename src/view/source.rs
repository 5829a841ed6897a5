//! Colours for Go source: which part of a line is a keyword, a text, a number, a comment.
//!
//! It reads any text, finished or not, and never fails; it is no parser.
//! Invariant: the pieces of a line, joined, are the line.

/// What a piece of source is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    Plain,
    Keyword,
    Type,
    Text,
    Number,
    Comment,
}

impl Ink {
    /// The class in the style sheets.
    pub fn class(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Keyword => "k",
            Ink::Type => "y",
            Ink::Text => "s",
            Ink::Number => "d",
            Ink::Comment => "c",
        }
    }
}

/// A stretch of one colour.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    pub ink: Ink,
    pub text: String,
}

const KEYWORDS: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

const TYPES: &[&str] = &[
    "any",
    "bool",
    "byte",
    "comparable",
    "complex128",
    "complex64",
    "error",
    "false",
    "float32",
    "float64",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "iota",
    "nil",
    "rune",
    "string",
    "true",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
];

/// What goes on over the end of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Comment,
    RawText,
}

/// The lines of a source text in colours.
pub fn highlight(source: &str) -> Vec<Vec<Piece>> {
    let mut open = Open::Nothing;
    source
        .split('\n')
        .map(|line| highlight_line(line.strip_suffix('\r').unwrap_or(line), &mut open))
        .collect()
}

fn highlight_line(line: &str, open: &mut Open) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (len, ink) = match *open {
            Open::Comment => (close(rest, "*/", 0, open), Ink::Comment),
            Open::RawText => (close(rest, "`", 0, open), Ink::Text),
            Open::Nothing => token(rest, first, open),
        };
        let (text, after) = rest.split_at(len);
        match pieces.last_mut() {
            Some(last) if last.ink == ink => last.text.push_str(text),
            _ => pieces.push(Piece {
                ink,
                text: text.to_owned(),
            }),
        }
        rest = after;
    }
    pieces
}

/// The length up to and with `end`, searched behind `from`; without it, the whole rest stays open.
fn close(rest: &str, end: &str, from: usize, open: &mut Open) -> usize {
    match rest.get(from..).and_then(|tail| tail.find(end)) {
        Some(at) => {
            *open = Open::Nothing;
            from + at + end.len()
        }
        None => rest.len(),
    }
}

/// Length and colour of the token a non-empty text begins with.
fn token(rest: &str, first: char, open: &mut Open) -> (usize, Ink) {
    if rest.starts_with("//") {
        return (rest.len(), Ink::Comment);
    }
    if rest.starts_with("/*") {
        *open = Open::Comment;
        return (close(rest, "*/", 2, open), Ink::Comment);
    }
    match first {
        '`' => {
            *open = Open::RawText;
            (close(rest, "`", 1, open), Ink::Text)
        }
        '"' | '\'' => (quoted(rest, first), Ink::Text),
        c if c.is_ascii_digit() => {
            let number = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
            (rest.find(|c| !number(c)).unwrap_or(rest.len()), Ink::Number)
        }
        c if c.is_alphabetic() || c == '_' => {
            let len = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let word = &rest[..len];
            let ink = if KEYWORDS.binary_search(&word).is_ok() {
                Ink::Keyword
            } else if TYPES.binary_search(&word).is_ok() {
                Ink::Type
            } else {
                Ink::Plain
            };
            (len, ink)
        }
        c => (c.len_utf8(), Ink::Plain),
    }
}

/// The length of a text or character in quotes; an unfinished one ends with its line.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<String> {
        highlight(source)
            .iter()
            .map(|line| {
                line.iter()
                    .map(|piece| format!("{}[{}]", piece.ink.class(), piece.text))
                    .collect()
            })
            .collect()
    }

    #[test]
    fn words_texts_numbers_and_comments_have_their_colours() {
        assert_eq!(
            shown("for i := 0x1F; ; { // go\n\tvar s string = \"a\\\"b\" + 'c'"),
            [
                "k[for][ i := ]d[0x1F][; ; { ]c[// go]",
                "[\t]k[var][ s ]y[string][ = ]s[\"a\\\"b\"][ + ]s['c']"
            ]
        );
    }

    #[test]
    fn comments_and_raw_texts_go_on_over_lines() {
        assert_eq!(
            shown("a /* b\nc */ d `e\nf` g"),
            ["[a ]c[/* b]", "c[c */][ d ]s[`e]", "s[f`][ g]"]
        );
    }

    #[test]
    fn any_text_is_kept_whole() {
        for text in [
            "",
            "\u{0}\"",
            "'\\",
            "/*",
            "`",
            "é日本 := \"日",
            "9.9.9e+_x\r",
            "a\n\n\nb",
        ] {
            let lines: Vec<String> = highlight(text)
                .iter()
                .map(|line| line.iter().map(|p| p.text.as_str()).collect())
                .collect();
            assert_eq!(lines.join("\n"), text.replace('\r', ""));
        }
    }

    #[test]
    fn the_word_lists_are_sorted() {
        assert!(KEYWORDS.is_sorted() && TYPES.is_sorted());
    }
}
