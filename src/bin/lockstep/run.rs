//! `lockstep run`: a program under one schedule, as `go run` would run it.

use std::io::{BufWriter, Write};
use std::process::ExitCode;

use lockstep::go::program::GoProgram;
use lockstep::runtime::{Options, Program, Progress, Runtime};
use lockstep::schedule::{Random, Replay, Schedule, Scheduler};
use lockstep::trace::Outcome;

use super::native::{HELP, fail, load};

/// Runs the program that the arguments behind `run` name.
pub fn main(arguments: impl Iterator<Item = String>) -> ExitCode {
    match parse(arguments) {
        Ok(Some(request)) => run(request),
        Ok(None) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(message) => fail(&message),
    }
}

/// What was asked for.
struct Request {
    files: Vec<String>,
    arguments: Vec<String>,
    seed: u64,
    schedule: Option<Schedule>,
    print_schedule: bool,
    trace: Option<String>,
    options: Options,
}

/// Reads the arguments behind `run`; `None` asks for help.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Request>, String> {
    let mut request = Request {
        files: Vec::new(),
        arguments: Vec::new(),
        seed: 1,
        schedule: None,
        print_schedule: false,
        trace: None,
        options: Options::default(),
    };
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        let number = |text: String| {
            text.parse::<u64>()
                .map_err(|_| format!("{text} is no number"))
        };
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--seed" => request.seed = number(value()?)?,
            "--schedule" => {
                let text = value()?;
                let schedule = text.parse::<Schedule>();
                request.schedule = Some(schedule.map_err(|error| format!("--schedule: {error}"))?);
            }
            "--print-schedule" => request.print_schedule = true,
            "--trace" => request.trace = Some(value()?),
            "--steps" => request.options.limits.steps = number(value()?)?,
            "--memory" => request.options.limits.memory = number(value()?)?.saturating_mul(1 << 20),
            "--" => request.arguments = arguments.by_ref().collect(),
            option if option.starts_with('-') => {
                return Err(format!("unknown option {option}; see --help"));
            }
            _ => request.files.push(argument),
        }
    }
    if request.files.is_empty() {
        return Err("which file? See --help".into());
    }
    request.options.recording = request.trace.is_some();
    request.options.scheduling = request.print_schedule;
    Ok(Some(request))
}

fn run(request: Request) -> ExitCode {
    let mut program = match load(&request.files) {
        Ok(program) => program,
        Err(status) => return status,
    };
    let name = request.files[0].trim_end_matches(".go").to_string();
    program.set_arguments(
        std::iter::once(name)
            .chain(request.arguments.iter().cloned())
            .collect(),
    );
    execute(&program, &request)
}

/// Runs a program to its end.
fn execute(program: &GoProgram, request: &Request) -> ExitCode {
    let output = std::rc::Rc::new(std::cell::RefCell::new(BufWriter::new(std::io::stdout())));
    let into = output.clone();
    program.set_sink(move |descriptor, bytes| {
        // A closed pipe must not stop the run: its outcome is the result.
        let _ = match descriptor {
            2 => into
                .borrow_mut()
                .flush()
                .and_then(|()| std::io::stderr().write_all(bytes)),
            _ => into.borrow_mut().write_all(bytes),
        };
    });
    let mut runtime = Runtime::new(request.options);
    program.start(&runtime);
    let mut diverged = None;
    let outcome = match &request.schedule {
        Some(schedule) => {
            let mut replay = Replay::then(schedule, Random::new(request.seed));
            let outcome = finish(&mut runtime, &mut replay);
            diverged = replay.divergence().map(ToString::to_string);
            outcome
        }
        None => finish(&mut runtime, &mut Random::new(request.seed)),
    };
    let _ = output.borrow_mut().flush();
    if let Some(divergence) = diverged {
        eprintln!("lockstep: the schedule does not fit: {divergence}");
    }
    eprint!("{}", program.report(&outcome));
    if request.print_schedule {
        eprintln!("schedule: {}", runtime.schedule());
    }
    if let Some(path) = &request.trace {
        let written = serde_json::to_vec(&*runtime.trace())
            .map_err(|error| error.to_string())
            .and_then(|json| std::fs::write(path, json).map_err(|error| error.to_string()));
        if let Err(error) = written {
            return fail(&format!("{path}: {error}"));
        }
    }
    ExitCode::from(outcome.exit_status() as u8)
}

fn finish(runtime: &mut Runtime, scheduler: &mut dyn Scheduler) -> Outcome {
    match runtime.run(scheduler) {
        Progress::Ended(outcome) => outcome,
        Progress::Running | Progress::Paused(_) => Outcome::Stopped,
    }
}
