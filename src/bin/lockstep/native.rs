//! What the commands share: help, messages, and building a program from files.

use std::process::ExitCode;

use lockstep::go::build::build;
use lockstep::go::diagnostic::Diagnostic;
use lockstep::go::program::GoProgram;
use lockstep::trace::SourceMap;

use super::{check, run};

pub const HELP: &str = "\
lockstep run [options] FILE.go... [-- ARGUMENT...]

Runs a Go program (or, given a _test.go file, its tests) on Lockstep's own executor.

  --seed N          draw the schedule from this seed (default 1)
  --schedule TEXT   replay this schedule, as --print-schedule wrote it
  --print-schedule  write the schedule to standard error when the program has ended
  --trace FILE      write all events as JSON
  --steps N         end after so many steps
  --memory MIB      end when the program uses more memory than this
  --help            this text

Standard output is the program's. A fault is told on standard error as Go tells it. The exit status is
the program's: 0, 2 for panics and deadlocks, os.Exit's code; 1 for errors in the source.

lockstep check [options] FILE.go...

Explores the schedules of a program and tells how it can end and what it can print, each with a
schedule for `lockstep run --schedule`.

  --time S            stop after so many seconds (default 60)
  --max-schedules N   stop after so many schedules
  --json              the report as JSON

The exit status is 0 when no fault was found, 3 when one was; 1 for errors in the source.
";

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some("run") => run::main(arguments),
        Some("check") => check::main(arguments),
        Some("--help" | "-h" | "help") => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        _ => {
            eprint!("{HELP}");
            ExitCode::from(1)
        }
    }
}

/// Says what went wrong, and is the status for it.
pub fn fail(message: &str) -> ExitCode {
    eprintln!("lockstep: {message}");
    ExitCode::from(1)
}

/// Writes diagnostics as Go does; all of them, a line each.
fn complain(diagnostics: &[Diagnostic], sources: &SourceMap) -> ExitCode {
    for diagnostic in diagnostics {
        eprintln!(
            "{}: {}",
            sources.describe(diagnostic.span),
            diagnostic.message
        );
    }
    ExitCode::from(1)
}

/// Builds the program that the files are; what is wrong with it is told, and the status returned.
pub fn load(paths: &[String]) -> Result<GoProgram, ExitCode> {
    let mut texts = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path).map_err(|error| fail(&format!("{path}: {error}")))?;
        texts.push((path.as_str(), String::from_utf8_lossy(&bytes).into_owned()));
    }
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, &**text)).collect();
    let built =
        build(&files).map_err(|rejected| complain(&rejected.diagnostics, &rejected.sources))?;
    GoProgram::new(built.program, built.sources.clone())
        .map_err(|diagnostics| complain(&diagnostics, &built.sources))
}
