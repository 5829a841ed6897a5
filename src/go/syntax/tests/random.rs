//! Whatever the source: no panic, a tree whose spans nest, ids that are dense.

use super::walk::Walk;
use super::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Sources that are right: the catalogue, the conformance programs, the embedded packages.
pub(super) fn corpus() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![
        root.join("static/programs"),
        root.join("tests/programs"),
        root.join("src/go/std"),
    ];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                // These are there for what is wrong with them.
                if !path.ends_with("error") {
                    folders.push(path);
                }
            } else if name.ends_with(".go") {
                files.push((name, std::fs::read_to_string(path).expect("a text")));
            }
        }
    }
    files.sort();
    files
}

/// Whether a program of the corpus is there for its syntax errors.
pub(super) fn is_wrong(text: &str) -> bool {
    text.contains("syntax error")
}

#[test]
fn real_programs_are_read_whole() {
    let files = corpus();
    assert!(files.len() > 100, "{}", files.len());
    for (name, text) in files {
        let parsed = read(&text);
        if !is_wrong(&text) {
            let said = said(&text, &parsed.diagnostics);
            let syntax = said.iter().any(|line| line.contains("syntax error"));
            assert!(!syntax, "{name}: {said:?}");
        }
        holds_together(&text, &parsed);
    }
}

/// Holds the tree to the invariants of `ast`.
fn holds_together(source: &str, parsed: &Parsed) {
    let mut walk = Walk {
        ids: vec![0; parsed.file.ids.len()],
        inside: parsed.file.span,
    };
    walk.file(&parsed.file);
    for diagnostic in &parsed.diagnostics {
        assert!(source.is_char_boundary(diagnostic.span.start as usize));
        assert!(diagnostic.span.start <= diagnostic.span.end);
    }
    // Nodes of what could not be used are not in the tree, but no node is there twice.
    assert!(walk.ids.iter().all(|count| *count <= 1));
    if parsed.diagnostics.is_empty() && parsed.later.is_empty() {
        let used = walk.ids.iter().filter(|count| **count == 1).count();
        assert!(
            used * 10 >= walk.ids.len() * 9,
            "{used} of {}",
            walk.ids.len()
        );
    }
}

/// Pieces of which token soup is made.
const PIECES: &[&str] = &[
    "package p\n",
    "import",
    "func",
    "var",
    "const",
    "type",
    "if",
    "else",
    "for",
    "range",
    "switch",
    "case",
    "default",
    "select",
    "go",
    "defer",
    "return",
    "break",
    "goto",
    "fallthrough",
    "struct",
    "interface",
    "map",
    "chan",
    "a",
    "b",
    "T",
    "x.y",
    "1",
    "0x1p3",
    "\"s\"",
    "`r`",
    "'c'",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    ":",
    ":=",
    "=",
    "==",
    "+",
    "-",
    "*",
    "/",
    "&",
    "&&",
    "|",
    "||",
    "<-",
    "<",
    "...",
    ".",
    "~",
    "!",
    "++",
    "+=",
    "\n",
    "// c\n",
    "/* c */",
    "func f() {",
    "é",
    "😀",
    "\"",
    "'",
    "`",
    "\\",
    "@",
    "\u{feff}",
    "\0",
    ".(type)",
    "L:",
];

/// A source of the corpus with a piece cut out, doubled, or replaced by token soup.
fn mutated() -> impl Strategy<Value = String> {
    let files = corpus();
    let soup = prop::collection::vec(prop::sample::select(PIECES), 0..6);
    (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..60_usize,
        soup,
        any::<bool>(),
    )
        .prop_map(move |(file, at, length, soup, twice)| {
            let text = &files[file.index(files.len())].1;
            let text = &text[..text.floor_char_boundary(6_000)];
            let from = text.floor_char_boundary(at.index(text.len() + 1));
            let to = text.floor_char_boundary((from + length).min(text.len()));
            let cut = if twice { &text[from..to] } else { "" };
            format!(
                "{}{cut}{}{cut}{}",
                &text[..from],
                soup.join(" "),
                &text[to..]
            )
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn bytes_never_panic(source in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&source);
    }

    #[test]
    fn token_soup_never_panics(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let source = format!("package p\nfunc f() {{ {}", pieces.join(" "));
        holds_together(&source, &read(&source));
        let source = format!("package p\n{}", pieces.join(" "));
        holds_together(&source, &read(&source));
    }

    #[test]
    fn mutated_programs_never_panic(source in mutated()) {
        holds_together(&source, &read(&source));
    }

}

proptest! {
    // The same draws every time: gosyn has faults of its own that other draws would come upon.
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::with_cases(2000)
    })]

    /// gosyn is another parser of Go. What it does not accept, we do not either.
    #[test]
    fn mutated_programs_are_judged_as_by_gosyn(source in mutated()) {
        super::oracle::compare(&source);
    }
}
