//! The catalogue's programs, ready to run.

use std::fmt::Write as _;

use lockstep::go::build::build;
use lockstep::go::diagnostic::Diagnostic;
use lockstep::go::program::GoProgram;
use lockstep::runtime::{self, Limits, Options};
use lockstep::schedule::Random;
use lockstep::session::catalogue::{Program, programs};

/// Builds a program of the catalogue and reads its limits.
///
/// # Errors
///
/// What the compiler has against it.
pub fn ready(program: &Program) -> Result<(GoProgram, Options), String> {
    let told = |diagnostics: Vec<Diagnostic>| {
        let messages: Vec<&str> = diagnostics.iter().map(|d| &*d.message).collect();
        format!("{}: {}", program.name, messages.join("; "))
    };
    let file = program.file_name();
    let built = build(&[(&file, program.source)]).map_err(|rejected| told(rejected.diagnostics))?;
    let go = GoProgram::new(built.program, built.sources).map_err(told)?;
    let mut options = Options::default();
    if let Some(steps) = program.directives().steps {
        options.limits = Limits {
            steps,
            ..options.limits
        };
    }
    Ok((go, options))
}

/// How many seeds each program's trace hash is taken for.
pub const SEEDS: u64 = 20;

/// `name hash of seed 1, hash of seed 2, …`, a line for each program of the catalogue.
pub fn trace_hashes() -> String {
    let mut lines = String::new();
    for program in programs() {
        let (go, options) = ready(&program).expect("the catalogue compiles");
        write!(lines, "{}", program.name).expect("a String takes everything");
        for seed in 1..=SEEDS {
            let run = runtime::run(&go, &mut Random::new(seed), options);
            write!(lines, " {:016x}", run.trace.hash()).expect("a String takes everything");
        }
        lines.push('\n');
    }
    lines
}
