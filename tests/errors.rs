//! The checker's words against real Go's: each program of `tests/programs/error` has a sibling
//! `.err` file, written by `scripts/expect-errors`, with what Go's compiler prints.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

/// Every diagnostic, without Go's limit of ten.
fn diagnostics(name: &str, text: &str) -> String {
    let checked = lockstep::go::load(&[(name, text)]);
    let mut out = String::new();
    for diagnostic in &checked.diagnostics {
        let place = checked.sources.describe(diagnostic.span);
        out.push_str(&format!("{place}: {}\n", diagnostic.message));
    }
    out
}

#[test]
fn errors_are_those_of_go() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs/error");
    let folder = std::env::var("ERROR_PROGRAMS").map_or(folder, Into::into);
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of programs")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "go"))
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(&path).expect("a program");
        let expected = fs::read_to_string(path.with_extension("err")).expect("expectations");
        let actual = diagnostics(&name, &text);
        count += 1;
        if actual != expected {
            wrong.push(format!("--- {name}\n{}", difference(&expected, &actual)));
        }
    }
    assert!(count > 0, "no programs in {}", folder.display());
    assert!(
        wrong.is_empty(),
        "{} of {count} differ from Go (- Go, + Lockstep)\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The lines that only one of the two has.
fn difference(expected: &str, actual: &str) -> String {
    let mut out = String::new();
    let (a, b): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    for line in a.iter().filter(|line| !b.contains(line)) {
        out.push_str(&format!("- {line}\n"));
    }
    for line in b.iter().filter(|line| !a.contains(line)) {
        out.push_str(&format!("+ {line}\n"));
    }
    if out.is_empty() {
        out = format!("another order:\n{actual}");
    }
    out
}
