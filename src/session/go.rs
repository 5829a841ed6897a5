//! Go as a [`Compiler`].

use std::rc::Rc;

use super::catalogue::Directives;
use super::{Compiled, Compiler, Problem};
use crate::go::build::build;
use crate::go::diagnostic::Diagnostic;
use crate::go::program::GoProgram;
use crate::runtime::{Options, Program};
use crate::trace::{FileId, SourceMap};

/// The person's file comes first in the source map.
const FIRST_FILE: FileId = FileId(0);

/// More problems than this are not listed.
const MOST_PROBLEMS: usize = 100;

/// Compiles Go.
pub fn go() -> Compiler {
    Rc::new(compile_go)
}

/// Compiles one file of Go. Its directives set the limits of its runs.
///
/// # Errors
///
/// What Go's compiler has against it, in its words, in the order of the text.
pub fn compile_go(file: &str, source: &str) -> Result<Compiled, Vec<Problem>> {
    let built = build(&[(file, source)]).map_err(|no| problems(&no.sources, &no.diagnostics))?;
    let sources = built.sources;
    let program = GoProgram::new(built.program, sources.clone())
        .map_err(|diagnostics| problems(&sources, &diagnostics))?;
    Ok(Compiled {
        program: Rc::new(program) as Rc<dyn Program>,
        sources,
        file: FIRST_FILE,
        options: options(source),
    })
}

/// How a program with these directives is to be run.
pub fn options(source: &str) -> Options {
    let mut options = Options::default();
    // A run on the page is recorded and looked at: what is longer is no picture any more.
    options.limits.steps = 1_000_000;
    options.limits.fuel = 400_000_000;
    options.limits.events = 2_000_000;
    if let Some(steps) = Directives::parse(source).steps {
        options.limits.steps = steps.min(options.limits.steps);
    }
    options
}

fn problems(sources: &SourceMap, diagnostics: &[Diagnostic]) -> Vec<Problem> {
    diagnostics
        .iter()
        .take(MOST_PROBLEMS)
        .map(|diagnostic| problem(sources, diagnostic))
        .collect()
}

fn problem(sources: &SourceMap, diagnostic: &Diagnostic) -> Problem {
    let location = sources.location(diagnostic.span);
    let own = diagnostic.span.file == FIRST_FILE && location.is_some();
    let message = match sources.file(diagnostic.span.file) {
        // A fault in an embedded package is ours; it still has to be seen.
        Some(file) if !own => format!("{}: {}", file.name(), diagnostic.message),
        _ => diagnostic.message.clone(),
    };
    Problem {
        line: location.map_or(1, |location| location.line),
        column: location.map_or(1, |location| location.column),
        start: if own { diagnostic.span.start } else { 0 },
        end: if own { diagnostic.span.end } else { 0 },
        message: message.into(),
    }
}
