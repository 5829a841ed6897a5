//! From the text of a program to something the machine runs: load, check, compile.
//!
//! Invariants: the user's files come first in the source map, in the order given. A file of tests
//! without `main` gets a `main` that runs them, written in Go, in a file of its own behind them.

use std::rc::Rc;

use super::compile::program::Program;
use super::compile::{Input, compile};
use super::diagnostic::Diagnostic;
use super::load::load;
use super::syntax::ast::{DeclKind, File, NodeId};
use super::syntax::parse;
use super::types::Info;
use crate::trace::{FileId, SourceMap};

/// A program ready to run.
pub struct Build {
    pub program: Rc<Program>,
    /// All sources, the user's first.
    pub sources: Rc<SourceMap>,
}

/// What is wrong with a program.
pub struct Rejected {
    pub sources: Rc<SourceMap>,
    /// At least one, by file and position.
    pub diagnostics: Vec<Diagnostic>,
}

/// Builds the program of one package from its files' names and texts.
///
/// # Errors
///
/// What Go's compiler, or Lockstep's limits, have against it.
pub fn build(files: &[(&str, &str)]) -> Result<Build, Rejected> {
    let main = test_main(files);
    let mut files = files.to_vec();
    if let Some(text) = &main {
        files.push(("_testmain.go", text));
    }
    let checked = load(&files);
    let sources = Rc::new(checked.sources);
    let mut diagnostics = checked.diagnostics;
    if diagnostics.is_empty()
        && main.is_none()
        && let Some(file) = checked.files.iter().find(|file| file.file == FileId(0))
        && let Some(message) = not_runnable(&checked.info)
    {
        diagnostics.push(Diagnostic::new(file.package.span, message));
    }
    let result = if diagnostics.is_empty() {
        compile(&Input {
            info: &checked.info,
            types: &checked.types,
            files: &checked.files,
        })
    } else {
        Err(diagnostics)
    };
    match result {
        Ok(program) => Ok(Build {
            program: Rc::new(program),
            sources,
        }),
        Err(diagnostics) => Err(Rejected {
            sources,
            diagnostics,
        }),
    }
}

/// Why a correct package is not a program.
fn not_runnable(info: &Info) -> Option<String> {
    let package = info
        .packages
        .iter()
        .find(|package| &*package.path == "main")?;
    if &*package.name != "main" {
        return Some(format!("package {} is not a main package", package.name));
    }
    let missing = !package.scope.contains_key("main");
    missing.then(|| "function main is undeclared in the main package".into())
}

/// The file that runs a package's tests, if it is a package of tests.
fn test_main(files: &[(&str, &str)]) -> Option<String> {
    if !files.iter().any(|(_, text)| text.contains("func Test")) {
        return None;
    }
    let trees: Vec<File> = files
        .iter()
        .map(|(_, text)| parse(FileId(0), text.as_bytes(), NodeId(0)).file)
        .collect();
    let functions: Vec<(&str, usize)> = trees
        .iter()
        .flat_map(|file| &file.decls)
        .filter_map(|decl| match &decl.kind {
            DeclKind::Func(func) if func.receiver.is_none() => {
                Some((&*func.name.name, func.sig.params.len()))
            }
            _ => None,
        })
        .collect();
    let has = |name: &str| functions.iter().any(|(other, _)| *other == name);
    let tests: Vec<&str> = functions
        .iter()
        .filter(|(name, params)| *params == 1 && is_test(name))
        .map(|(name, _)| *name)
        .collect();
    if has("main") || tests.is_empty() {
        return None;
    }
    let mut text = format!(
        "package {}\n\nimport \"testing\"\n\nfunc main() {{\n",
        trees.first()?.package.name
    );
    text.push_str("\ttesting.Main([]testing.InternalTest{");
    for name in tests {
        text.push_str(&format!("{{\"{name}\", {name}}}, "));
    }
    text.push_str(if has("TestMain") {
        "}, TestMain)\n}\n"
    } else {
        "}, nil)\n}\n"
    });
    Some(text)
}

/// Whether `go test` runs a function of this name.
fn is_test(name: &str) -> bool {
    let rest = name.strip_prefix("Test");
    name != "TestMain" && rest.is_some_and(|rest| !rest.starts_with(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        match build(&[("a.go", text)]) {
            Ok(_) => Vec::new(),
            Err(rejected) => {
                let place = |diagnostic: &Diagnostic| {
                    format!(
                        "{}: {}",
                        rejected.sources.describe(diagnostic.span),
                        diagnostic.message
                    )
                };
                rejected.diagnostics.iter().map(place).collect()
            }
        }
    }

    #[test]
    fn a_program_needs_a_main_function_in_package_main() {
        assert_eq!(
            messages("package main\n"),
            ["a.go:1:9: function main is undeclared in the main package"]
        );
        assert_eq!(
            messages("package lib\nfunc main() {}\n"),
            ["a.go:1:9: package lib is not a main package"]
        );
        assert!(messages("package main\nfunc main() {}\n").is_empty());
    }

    #[test]
    fn a_package_of_tests_gets_a_main_function() {
        let tests = "package lib\nimport \"testing\"\nfunc TestA(t *testing.T) {}\n";
        assert!(messages(tests).is_empty());
        assert!(is_test("TestÄ") && is_test("Test") && is_test("Test_a"));
        assert!(!is_test("Testing") && !is_test("TestMain") && !is_test("Try"));
    }
}
