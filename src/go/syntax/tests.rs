//! What the parser says, held against Go's compiler; what it must never do, by random sources.
//!
//! The fixtures hold small sources, each followed by what `go tool compile -e` (Go 1.27) prints
//! for it. Where there is a syntax error, exactly that must be said; where there is none, Go's
//! other errors come from the checker and are left out of the comparison.

use super::*;
use crate::go::diagnostic::Diagnostic;
use crate::trace::FileId;
use ast::NodeId;
use std::rc::Rc;

mod oracle;
mod random;
mod walk;

/// Parses a source.
fn read(source: impl AsRef<[u8]>) -> Parsed {
    parse(FileId(0), source.as_ref(), NodeId(0))
}

/// `line:column: message` of each diagnostic, as Go prints them: sorted by line, without
/// repetitions.
fn said(source: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for diagnostic in diagnostics {
        let before = &source[..diagnostic.span.start as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.len() - before.rfind('\n').map_or(0, |newline| newline + 1) + 1;
        let text = format!("{line}:{column}: {}", diagnostic.message);
        if !lines.contains(&text) {
            lines.push(text);
        }
    }
    lines
}

/// Whether the parser gives this message, though it is no "syntax error".
fn parser_says(message: &str) -> bool {
    const WORDS: [&str; 30] = [
        ": non-name ",
        "cannot use ~ outside",
        "can only use ... with",
        "invalid use of ...",
        "select case must be",
        "expression in go",
        "expression in defer",
        "method has",
        "incorrect tag syntax",
        ": label ",
        ": goto ",
        ": break ",
        ": continue ",
        "invalid break",
        "invalid continue",
        ": fallthrough",
        "cannot fallthrough",
        "use of .(type) outside",
        "method must have no type parameters",
        "range clause permits",
        "newline in",
        "index required",
        "not terminated",
        "invalid character",
        "exponent",
        "'_' must separate",
        "escape",
        "rune literal",
        "has no digits",
        "radix point",
    ];
    const MORE: [&str; 4] = [
        "invalid digit",
        "invalid BOM",
        "3 variables but 1 value",
        "cannot declare ",
    ];
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    says(&WORDS) || says(&MORE)
}

fn check_fixtures(text: &str) {
    let mut failures = String::new();
    for case in text.trim_start_matches("=== ").split("\n=== ") {
        let (name, rest) = case.split_once('\n').expect("a name");
        let (source, expected) = rest.split_once("\n>>>").expect("an expectation");
        let source = format!("{source}\n");
        let parsed = read(&source);
        let mut diagnostics = parsed.diagnostics;
        if !diagnostics.iter().any(Diagnostic::is_syntax_error) {
            diagnostics.extend(parsed.later);
            diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
        }
        let mut found = said(&source, &diagnostics);
        if expected.contains("undefined: ") {
            // Go is silent on what is made of undefined things.
            found.retain(|line| line.contains("syntax error") || expected.contains(line));
        }
        let broken = expected.contains(": syntax error: ");
        let expected: Vec<&str> = expected
            .lines()
            .filter(|line| !line.is_empty() && (broken || parser_says(line)))
            .collect();
        if found != expected {
            failures += &format!("\n{name}\n{source}  wanted {expected:#?}\n  found {found:#?}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn declarations_as_go_reads_them() {
    check_fixtures(include_str!("fixtures/declarations.txt"));
}

#[test]
fn statements_as_go_reads_them() {
    check_fixtures(include_str!("fixtures/statements.txt"));
}

#[test]
fn labels_and_jumps_as_go_reads_them() {
    check_fixtures(include_str!("fixtures/jumps.txt"));
}

/// Nothing nests so deeply that the tree could not be walked.
#[test]
fn deep_nesting_is_reported_once() {
    let many = 70_000;
    let shapes: [(&str, &str, &str); 14] = [
        ("var x = ", "(", ""),
        ("var x = ", "!", "1"),
        ("var x = ", "a+", "a"),
        ("var x = a", ".b", ""),
        ("var x = a", "()", ""),
        ("var x ", "[]", "int"),
        ("var x ", "*", "int"),
        ("var x ", "struct{a ", "int"),
        ("var x ", "func(", "int"),
        ("var x = ", "func() { _ = ", "1"),
        ("var x = []T", "{", ""),
        ("func f() ", "{", ""),
        ("func f() { ", "if a {} else ", "{}"),
        ("func f() { ", "L: ", ""),
    ];
    for (before, repeated, after) in shapes {
        let source = format!("package p\n{before}{}{after}", repeated.repeat(many));
        let parsed = read(&source);
        let messages: Vec<&str> = parsed
            .diagnostics
            .iter()
            .map(|diagnostic| &*diagnostic.message)
            .collect();
        let expected = "syntax error: nested too deeply (Lockstep reads up to 150 levels)";
        assert_eq!(messages, [expected], "{before}{repeated}...");
    }
}

/// What people write by hand and by generators stays far below the limit.
#[test]
fn long_chains_below_the_limit_are_read() {
    let sum = "a + ".repeat(120) + "a";
    let chains = "if a { } else ".repeat(120) + "{ }";
    let source = format!("package p\nvar x, y = {sum}, {sum}\nfunc f() {{ {chains}\n{chains} }}\n");
    assert_eq!(read(source).diagnostics, []);
}

#[test]
fn sources_that_are_no_text() {
    let long = vec![b'x'; MAX_SOURCE + 1];
    let cases: [(&[u8], &str); 5] = [
        (
            &long,
            "syntax error: source of 1048577 bytes is too long (Lockstep reads up to 1048576)",
        ),
        (b"package p\nvar x = \"\xff\"\n", "invalid UTF-8 encoding"),
        (b"package p\nvar \0x = 1\n", "invalid NUL character"),
        (
            b"package p\n\xef\xbb\xbfvar x = 1\n",
            "invalid BOM in the middle of the file",
        ),
        (b"", "syntax error: package statement must be first"),
    ];
    for (source, message) in cases {
        let found = read(source).diagnostics;
        assert_eq!(found.len(), 1, "{message}: {found:?}");
        assert_eq!(found[0].message, message);
    }
    assert_eq!(read(b"\xef\xbb\xbfpackage p\n").diagnostics, []);
}

#[test]
fn directives_and_versions() {
    let version = |source: &str| read(source).file.version;
    assert_eq!(version("//go:build go1.21\n\npackage p\n"), Some(21));
    assert_eq!(
        version("//go:build linux && go1.20\n\npackage p\n"),
        Some(20)
    );
    assert_eq!(version("package p\n//lockstep:go 1.21\n"), Some(21));
    assert_eq!(version("package p\n// go1.21\n"), None);
    let file = read("//lockstep:expect panic \"x\" \npackage p\n").file;
    let found = &file.directives[0];
    assert_eq!(
        (&*found.tool, &*found.name, &*found.text),
        ("lockstep", "expect", "panic \"x\"")
    );
}

#[test]
fn broken_programs_as_go_reads_them() {
    check_fixtures(include_str!("fixtures/programs.txt"));
}
