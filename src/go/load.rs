//! From source texts to a checked program: parses them and, transitively, the packages they import.
//!
//! Invariant: `Checked::files` holds the files of every package, packages in dependency order, the
//! program's own last. What is imported and not there is said by name, at the import.

use super::diagnostic::Diagnostic;
use super::std;
use super::syntax::ast::{File, NodeId};
use super::syntax::parse;
use super::types::{Info, PackageSource, Types, check};
use crate::trace::{SourceFile, SourceMap};
use ::std::fmt::Write;

/// A program that was read and checked. It may be run if there are no diagnostics.
pub struct Checked {
    /// All sources; the program's own come first.
    pub sources: SourceMap,
    /// All trees, packages in dependency order.
    pub files: Vec<File>,
    /// What the checker found out.
    pub info: Info,
    /// All types.
    pub types: Types,
    /// What is wrong, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// As many errors as Go's compiler prints.
const LIMIT: usize = 10;

/// Packages of Go's library that Lockstep has no use for, as far as their first element says so.
const LEFT_OUT: &str = "archive bufio bytes compress container context crypto database debug embed \
    encoding errors expvar flag fmt go hash html image index internal io iter log maps math mime net \
    os path plugin reflect regexp runtime simd slices sort strconv strings structs sync syscall \
    testing text time unicode unique unsafe uuid weak";

struct Loader {
    sources: SourceMap,
    diagnostics: Vec<Diagnostic>,
    next: u32,
    /// Packages in dependency order: path and files.
    packages: Vec<(String, Vec<File>)>,
    /// Paths that were met, done or not.
    met: Vec<String>,
    /// What the parsers have to say if the syntax is right.
    later: Vec<Diagnostic>,
}

/// Reads and checks the files of one package, each with its name.
pub fn load(texts: &[(&str, &str)]) -> Checked {
    let mut loader = Loader {
        sources: SourceMap::new(),
        diagnostics: Vec::new(),
        next: 0,
        packages: Vec::new(),
        met: Vec::new(),
        later: Vec::new(),
    };
    let own: Vec<File> = texts
        .iter()
        .map(|(name, text)| loader.parse(SourceFile::new(*name, *text)))
        .collect();
    let broken = loader.diagnostics.iter().any(|d| d.is_syntax_error());
    if !broken {
        loader.diagnostics.append(&mut loader.later);
    }
    loader.one_package(&own);
    if !broken {
        // The machine's own panics are values of a type of this package.
        if std::exists("runtime") {
            loader.package("runtime");
        }
        loader.imports(&own, true);
    }
    loader.packages.push(("main".into(), own));
    loader.check(broken)
}

impl Loader {
    fn parse(&mut self, source: SourceFile) -> File {
        let text = source.text().clone();
        let name = source.name().clone();
        let id = self.sources.add(source);
        let mut parsed = parse(id, text.as_bytes(), NodeId(self.next));
        self.next = parsed.file.ids.end;
        // The parser knows no file names; a message about a second place ends with `line:column`.
        for diagnostic in &mut parsed.diagnostics {
            let message = &mut diagnostic.message;
            if !message.starts_with("goto ") && !message.starts_with("label ") {
                continue;
            }
            if let Some(at) = message.rfind(' ').filter(|&at| message[at..].contains(':')) {
                message.insert_str(at + 1, &[&*name, ":"].concat());
            }
        }
        self.diagnostics.extend(parsed.diagnostics);
        self.later.extend(parsed.later);
        parsed.file
    }

    fn one_package(&mut self, own: &[File]) {
        let Some(first) = own.first() else { return };
        for file in &own[1..] {
            if file.package.name != first.package.name {
                let message = [
                    "found packages ",
                    &first.package.name,
                    " and ",
                    &file.package.name,
                ]
                .concat();
                self.diagnostics
                    .push(Diagnostic::new(file.package.span, message));
            }
        }
    }

    /// Loads what the files import, and what that imports, first.
    fn imports(&mut self, files: &[File], own: bool) {
        for import in files.iter().flat_map(|f| &f.imports) {
            let path = &*import.path;
            if path == "unsafe" || self.met.iter().any(|m| m == path) {
                continue;
            }
            let hidden = own && path.split('/').any(|part| part == "internal");
            if hidden || !std::exists(path) {
                self.diagnostics
                    .push(Diagnostic::new(import.path_span, missing(path, hidden)));
                continue;
            }
            self.package(path);
        }
    }

    /// Loads an embedded package, behind those it imports.
    fn package(&mut self, path: &str) {
        self.met.push(path.into());
        let parsed: Vec<File> = std::files(path)
            .map(|(name, text)| {
                let name = [path, "/", name].concat();
                self.parse(SourceFile::embedded(name, text))
            })
            .collect();
        self.imports(&parsed, false);
        self.packages.push((path.into(), parsed));
    }

    fn check(self, broken: bool) -> Checked {
        let Loader {
            sources,
            mut diagnostics,
            packages,
            ..
        } = self;
        let mut info = Info::default();
        let mut types = Types::new();
        if !broken {
            let last = packages.len() - 1;
            let packages: Vec<PackageSource<'_>> = packages
                .iter()
                .enumerate()
                .map(|(at, (path, files))| PackageSource {
                    path,
                    files: files.iter().collect(),
                    embedded: at != last,
                })
                .collect();
            let outcome = check(&packages, &|span| sources.describe(span));
            info = outcome.info;
            types = outcome.types;
            diagnostics.extend(outcome.diagnostics);
        }
        diagnostics.sort_by_key(|d| (d.span.file, d.span.start));
        diagnostics.dedup();
        Checked {
            sources,
            files: packages.into_iter().flat_map(|(_, files)| files).collect(),
            info,
            types,
            diagnostics,
        }
    }
}

/// Why an import cannot be had.
fn missing(path: &str, hidden: bool) -> String {
    let first = path.split('/').next().unwrap_or("");
    if path == "C" {
        "Lockstep does not run cgo".into()
    } else if hidden {
        ["use of internal package ", path, " not allowed"].concat()
    } else if first.contains('.') || LEFT_OUT.split_ascii_whitespace().any(|p| p == first) {
        ["Lockstep does not run package ", path].concat()
    } else {
        ["package ", path, " is not in std"].concat()
    }
}

/// Diagnostics as Go's compiler prints them: `file:line:column: message`, ten at most.
pub fn report(sources: &SourceMap, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(LIMIT) {
        let place = sources.describe(diagnostic.span);
        let _ = writeln!(out, "{place}: {}", diagnostic.message);
    }
    if diagnostics.len() > LIMIT {
        out.push_str("too many errors\n");
    }
    out
}
