//! Holds the directions of the layers (ARCHITECTURE.md): reads every path of the form `crate::…`,
//! `lockstep::…` and `super::…` under `src/` and fails on one that points where its folder may not
//! look. Also bans what would make two runs of the same schedule differ.
//!
//! Unit tests (`#[cfg(test)]`) are left out: a test may stand on a real run, whatever it tests.

use std::fs;
use std::path::{Path, PathBuf};

/// What lives in `layer` may use itself and these.
struct Rule {
    layer: &'static str,
    may_use: &'static [&'static str],
    reason: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        layer: "trace",
        may_use: &[],
        reason: "the trace is the contract between engine and screen: plain data that both read",
    },
    Rule {
        layer: "schedule",
        may_use: &["trace"],
        reason: "a schedule is decisions about goroutines, whoever runs them",
    },
    Rule {
        layer: "runtime",
        may_use: &["schedule", "trace"],
        reason: "the executor polls futures; it knows neither channels nor Go",
    },
    Rule {
        layer: "sync",
        may_use: &["runtime", "trace"],
        reason: "primitives park and ready goroutines; whose turn it is, they never decide",
    },
    Rule {
        layer: "go::diagnostic",
        may_use: &["trace"],
        reason: "a diagnostic is a place and words",
    },
    Rule {
        layer: "go::syntax",
        may_use: &["go::diagnostic", "trace"],
        reason: "the parser knows nothing of types",
    },
    Rule {
        layer: "go::types",
        may_use: &["go::diagnostic", "go::syntax", "trace"],
        reason: "the checker knows nothing of code generation or of running",
    },
    Rule {
        layer: "go::compile",
        may_use: &["go::diagnostic", "go::syntax", "go::types", "trace"],
        reason: "the compiler makes plain data; the machine reads it",
    },
    Rule {
        layer: "go::std",
        may_use: &["go::diagnostic", "go::syntax", "trace"],
        reason: "the standard packages are Go source, compiled like the user's",
    },
    Rule {
        layer: "go::vm",
        may_use: &[
            "go::compile",
            "go::diagnostic",
            "go::std",
            "go::types",
            "runtime",
            "sync",
            "trace",
        ],
        reason: "the machine executes bytecode; source text is behind it, the screen is not its concern",
    },
    Rule {
        layer: "go",
        may_use: &["runtime", "sync", "trace"],
        reason: "the front end is one more client of the executor",
    },
    Rule {
        layer: "world",
        may_use: &["trace"],
        reason: "the picture is a fold of the trace: it can ask the live runtime nothing",
    },
    Rule {
        layer: "detect",
        may_use: &["trace", "world"],
        reason: "findings are read off a trace, so that they hold for a replayed one too",
    },
    Rule {
        layer: "explore",
        may_use: &["detect", "runtime", "schedule", "trace"],
        reason: "the search is over schedules of any program: it knows nothing of Go",
    },
    Rule {
        layer: "session",
        may_use: &[
            "detect", "explore", "go", "runtime", "schedule", "sync", "trace", "world",
        ],
        reason: "the one bridge between engine and screen, shared by page and command line",
    },
    Rule {
        layer: "view",
        may_use: &["explore", "session", "trace", "world"],
        reason: "view models are pure functions of session state, tested without a browser",
    },
    Rule {
        layer: "ui",
        may_use: &["session", "view"],
        reason: "components draw and dispatch; what to draw is decided in view",
    },
    Rule {
        layer: "page",
        may_use: &["session", "ui"],
        reason: "the page is the ui on a session, and nothing else",
    },
    Rule {
        layer: "command line",
        may_use: &["explore", "go", "runtime", "schedule", "session", "trace"],
        reason: "a run without a screen needs the engine and no picture of it",
    },
];

/// The words that `layers` must not contain, and why.
struct Ban {
    words: &'static [&'static str],
    layers: &'static [&'static str],
    reason: &'static str,
}

const ENGINE: &[&str] = &[
    "trace", "schedule", "runtime", "sync", "go", "world", "detect", "explore",
];
const LIBRARY_WITHOUT_UI: &[&str] = &[
    "trace", "schedule", "runtime", "sync", "go", "world", "detect", "explore", "session", "view",
];

const BANS: &[Ban] = &[
    Ban {
        words: &["HashMap", "HashSet", "RandomState"],
        layers: ENGINE,
        reason: "their order differs from run to run; use BTreeMap or Vec",
    },
    Ban {
        words: &["Instant", "SystemTime"],
        layers: ENGINE,
        reason: "a run knows virtual time only; the host's clock would make runs differ",
    },
    Ban {
        words: &["thread_local"],
        layers: ENGINE,
        reason: "ambient state outlives a run; state is passed",
    },
    Ban {
        words: &["yew", "web_sys", "js_sys", "wasm_bindgen"],
        layers: LIBRARY_WITHOUT_UI,
        reason: "the browser is reached from ui and the binaries only; all else is tested natively",
    },
    Ban {
        words: &[
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
            "std::thread",
        ],
        layers: LIBRARY_WITHOUT_UI,
        reason: "the library does no I/O; the binaries do",
    },
];

/// The parts of `trace` that the front end before the machine may use.
const SPANS: &[&str] = &[
    "FileId",
    "LineColumn",
    "Position",
    "SourceFile",
    "SourceMap",
    "Span",
    "source",
    "span",
];
const SPANS_ONLY: &[&str] = &[
    "go::diagnostic",
    "go::syntax",
    "go::types",
    "go::compile",
    "go::std",
];

#[test]
fn layers_look_only_where_they_may() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&source, &mut files);
    assert!(files.len() > 12, "src/ was not found");
    let mut breaches = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("source files are UTF-8");
        let path = file.strip_prefix(&source).expect("collected under src/");
        let path = path.to_string_lossy().replace('\\', "/");
        breaches.extend(breaches_of(&path, &text));
    }
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("src/ can be read")
        .map(|entry| entry.expect("src/ can be listed").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Every breach in the file at `path` (relative to `src/`, with slashes), as a line to print.
fn breaches_of(path: &str, text: &str) -> Vec<String> {
    if path == "lib.rs"
        || path.ends_with("/tests.rs")
        || path.ends_with("/testing.rs")
        || path.contains("/tests/")
    {
        return Vec::new();
    }
    let module = module_of(path);
    let layer = layer_of(&module);
    let rule = RULES
        .iter()
        .find(|rule| rule.layer == layer)
        .unwrap_or_else(|| {
            panic!("{path}: no rule for the layer {layer}; add one with its reason")
        });
    let code = without_tests(&without_comments_and_strings(text));
    let mut breaches = Vec::new();
    for (line, target) in paths_in(&code, &module) {
        let target_layer = layer_of(&target);
        // `go` itself ties its parts together, so it may use all of them.
        let own = target_layer == layer || (layer == "go" && target_layer.starts_with("go"));
        let allowed = rule
            .may_use
            .iter()
            .any(|&used| used == target_layer || (used == "go" && target_layer.starts_with("go")));
        if !own && !allowed {
            breaches.push(format!(
                "src/{path}:{line}: {layer} may not use {}: {}",
                target.join("::"),
                rule.reason
            ));
        } else if SPANS_ONLY.contains(&layer.as_str())
            && target_layer == "trace"
            && !target
                .get(1)
                .is_some_and(|item| SPANS.contains(&item.as_str()))
        {
            breaches.push(format!(
                "src/{path}:{line}: {layer} may use spans only, not {}: source becomes code \
                 without knowing of runs",
                target.join("::")
            ));
        }
    }
    let top = layer.split("::").next().unwrap_or(&layer);
    for ban in BANS.iter().filter(|ban| ban.layers.contains(&top)) {
        for (index, text) in code.lines().enumerate() {
            for word in ban.words.iter().filter(|word| has_word(text, word)) {
                breaches.push(format!(
                    "src/{path}:{}: {word} in {layer}: {}",
                    index + 1,
                    ban.reason
                ));
            }
        }
    }
    breaches
}

/// `sync/channel.rs` is the module `sync::channel`; `sync/mod.rs` is `sync`.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    if stem == "main" {
        return vec!["page".to_owned()];
    }
    if let Some(binary) = stem.strip_prefix("bin/") {
        // Modules of the binary may use each other: they are one layer.
        let inside = binary.split('/').skip(1).filter(|part| *part != "main");
        return std::iter::once("command line")
            .chain(inside)
            .map(str::to_owned)
            .collect();
    }
    stem.split('/')
        .filter(|part| *part != "mod")
        .map(str::to_owned)
        .collect()
}

/// The longest prefix of the path that has a rule, else its first part.
fn layer_of(path: &[String]) -> String {
    let first = path.first().cloned().unwrap_or_default();
    match path.get(1) {
        Some(second) => {
            let both = format!("{first}::{second}");
            if RULES.iter().any(|rule| rule.layer == both) {
                both
            } else {
                first
            }
        }
        None => first,
    }
}

/// Every path into this crate, absolute, with its line: of `use` trees each leaf.
fn paths_in(code: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for root in ["crate", "lockstep", "super"] {
        let mut from = 0;
        while let Some(at) = code[from..].find(root).map(|offset| offset + from) {
            from = at + root.len();
            let whole =
                !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
            if !whole || !code[from..].starts_with("::") {
                continue;
            }
            let line = code[..at].matches('\n').count() + 1;
            let mut rest = &code[from + 2..];
            let mut prefix = Vec::new();
            if root == "super" {
                let mut up = 1;
                while let Some(after) = rest.strip_prefix("super::") {
                    rest = after;
                    up += 1;
                }
                prefix = module[..module.len().saturating_sub(up)].to_vec();
            }
            let mut leaves = Vec::new();
            tree(rest, &prefix, &mut leaves);
            found.extend(leaves.into_iter().map(|leaf| (line, leaf)));
        }
    }
    // What is named inside the own folder is no crossing, wherever `super` led.
    found.retain(|(_, path)| {
        !path.is_empty() && path.first() != module.first()
            || path.first().is_some_and(|p| p == "go")
    });
    found
}

/// Reads one path or `{…}` group from the start of `text`, adds each leaf under `prefix`, and
/// answers what follows it.
fn tree<'a>(text: &'a str, prefix: &[String], leaves: &mut Vec<Vec<String>>) -> &'a str {
    let mut path = prefix.to_vec();
    let mut rest = text.trim_start();
    loop {
        if let Some(inside) = rest.strip_prefix('{') {
            rest = inside.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                let before = rest.len();
                rest = tree(rest, &path, leaves).trim_start();
                rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
                if rest.len() == before {
                    break;
                }
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name == "self" || name.is_empty() {
            leaves.push(path);
            return after.strip_prefix('*').unwrap_or(after);
        }
        path.push(name.to_owned());
        rest = after.trim_start();
        if let Some(renamed) = rest.strip_prefix("as ") {
            let end = renamed
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(renamed.len());
            rest = &renamed[end..];
        }
        match rest.strip_prefix("::") {
            Some(after) => rest = after.trim_start(),
            None => {
                leaves.push(path);
                return rest;
            }
        }
    }
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let boundary = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        boundary(text[..at].chars().next_back()) && boundary(text[at + word.len()..].chars().next())
    })
}

/// Blanks comments, strings and characters, keeping lines where they are.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = raw_string(rest, &code) {
            length
        } else if c == '"' {
            quoted(rest, '"')
        } else if rest.starts_with("'\\") || rest.chars().nth(2) == Some('\'') {
            quoted(rest, '\'')
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.extend(
            rest[..length]
                .chars()
                .map(|c| if c == '\n' { '\n' } else { ' ' }),
        );
        rest = &rest[length..];
    }
    code
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn raw_string(text: &str, before: &str) -> Option<usize> {
    if before.ends_with(|c: char| c.is_alphanumeric() || c == '_') && !before.ends_with('b') {
        return None;
    }
    let hashes_and_quote = text.strip_prefix('r')?;
    let hashes = hashes_and_quote.len() - hashes_and_quote.trim_start_matches('#').len();
    let body = hashes_and_quote[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close).map_or(body.len(), |at| at + close.len());
    Some(text.len() - body.len() + end)
}

fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Blanks every item under `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = ["#[cfg(test)]", "#[cfg(all(test,"]
        .iter()
        .filter_map(|test| rest.find(test))
        .min()
    {
        kept.push_str(&rest[..at]);
        let item = &rest[at..];
        let mut depth = 0_usize;
        let mut end = item.len();
        for (offset, c) in item.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 && (c == '}' || c == ';') {
                end = offset + 1;
                break;
            }
        }
        kept.extend(item[..end].chars().filter(|&c| c == '\n'));
        rest = &item[end..];
    }
    kept.push_str(rest);
    kept
}

#[test]
fn a_path_against_the_direction_is_a_breach() {
    for (path, text) in [
        ("trace/event.rs", "use crate::world::World;"),
        (
            "sync/channel.rs",
            "use crate::{trace::Event,\n    schedule::Choice};",
        ),
        ("sync/channel.rs", "fn f() { crate::go::compile(); }"),
        ("sync/channel.rs", "use super::super::world;"),
        ("world/mod.rs", "use super::runtime::Runtime;"),
        ("go/syntax/parser.rs", "use crate::go::types::Info;"),
        ("go/syntax/parser.rs", "use super::super::types::Info;"),
        ("go/types/check.rs", "use crate::trace::Event;"),
        ("go/vm/machine.rs", "use crate::go::syntax::ast;"),
        ("explore/search.rs", "use crate::go::Program;"),
        ("ui/stage.rs", "use crate::world::World;"),
        ("bin/lockstep/main.rs", "use lockstep::world::World;"),
        ("main.rs", "use lockstep::go::build;"),
    ] {
        assert_eq!(
            breaches_of(path, text).len(),
            1,
            "{path}: {text}: {:?}",
            breaches_of(path, text)
        );
    }
}

#[test]
fn a_banned_word_is_a_breach() {
    for (path, text) in [
        ("runtime/timers.rs", "use std::time::Instant;"),
        (
            "go/vm/heap.rs",
            "objects: std::collections::HashMap<u32, u32>,",
        ),
        (
            "schedule/random.rs",
            "thread_local! { static SEED: u64 = 1; }",
        ),
        ("view/stage.rs", "use web_sys::Element;"),
        ("session/mod.rs", "use std::fs;"),
    ] {
        assert_eq!(breaches_of(path, text).len(), 1, "{path}: {text}");
    }
}

#[test]
fn what_is_allowed_is_no_breach() {
    for (path, text) in [
        (
            "sync/channel.rs",
            "use crate::{runtime::{self, Runtime as R}, trace::*};",
        ),
        (
            "sync/channel.rs",
            "// use crate::go::Heap;\nconst A: &str = \"crate::go\"; const B: char = '\"';",
        ),
        (
            "sync/channel.rs",
            "use super::select::Case;\nfn f<'a>(x: &'a str) {}",
        ),
        (
            "go/types/check.rs",
            "use crate::trace::Span; use super::super::syntax::ast; use crate::go::syntax::Token;",
        ),
        (
            "go/mod.rs",
            "use crate::go::{syntax, types, compile}; use crate::runtime::Runtime;",
        ),
        (
            "detect/race.rs",
            "#[cfg(test)]\nmod tests {\n use crate::runtime::Runtime;\n fn f() { if true {} }\n}",
        ),
        (
            "session/mod.rs",
            "use crate::go::types::Info; use std::collections::HashMap;",
        ),
        ("ui/page.rs", "use yew::prelude::*; use web_sys::Element;"),
        ("main.rs", "use lockstep::ui::Page;"),
    ] {
        assert!(
            breaches_of(path, text).is_empty(),
            "{path}: {text}: {:?}",
            breaches_of(path, text)
        );
    }
}
