//! `lockstep check`: how a program can end and what it can print, over all its schedules.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use lockstep::explore::{Class, ExploreOptions, Explorer, Report, Verdict};
use lockstep::go::program::GoProgram;
use lockstep::trace::{Outcome, SourceMap, Span};
use serde_json::{Value, json};

use super::native::{HELP, fail, load};

/// The exit status when a fault was found.
const FOUND: u8 = 3;
/// Runs between two looks at the clock.
const PORTION: u32 = 64;
/// Outputs that the report for people shows; `--json` has them all.
const SHOWN_OUTPUTS: usize = 10;
/// Lines of an output that the report for people shows.
const SHOWN_LINES: usize = 12;

struct Request {
    files: Vec<String>,
    time: Duration,
    json: bool,
    options: ExploreOptions,
}

/// Checks the program that the arguments behind `check` name.
pub fn main(arguments: impl Iterator<Item = String>) -> ExitCode {
    match parse(arguments) {
        Ok(Some(request)) => check(&request),
        Ok(None) => {
            print!("{HELP}");
            ExitCode::SUCCESS
        }
        Err(message) => fail(&message),
    }
}

/// Reads the arguments; `None` asks for help.
fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Option<Request>, String> {
    let mut request = Request {
        files: Vec::new(),
        time: Duration::from_secs(60),
        json: false,
        options: ExploreOptions::default(),
    };
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let text = arguments.next().unwrap_or_default();
            text.parse::<u64>()
                .map_err(|_| format!("{argument} needs a whole number"))
        };
        match argument.as_str() {
            "--help" | "-h" => return Ok(None),
            "--time" => request.time = Duration::from_secs(number()?),
            "--max-schedules" => request.options.schedules = number()?,
            "--json" => request.json = true,
            option if option.starts_with('-') => {
                return Err(format!("unknown option {option}; see --help"));
            }
            _ => request.files.push(argument),
        }
    }
    if request.files.is_empty() {
        return Err("which file? See --help".into());
    }
    Ok(Some(request))
}

fn check(request: &Request) -> ExitCode {
    let program = match load(&request.files) {
        Ok(program) => program,
        Err(status) => return status,
    };
    let began = Instant::now();
    let mut explorer = Explorer::new(request.options);
    'search: loop {
        for _ in 0..PORTION {
            if !explorer.run(&program) {
                break 'search;
            }
        }
        if began.elapsed() > request.time {
            explorer.cancel();
            break;
        }
    }
    let told = Told {
        report: explorer.report(),
        verdict: explorer.verdict(),
        seconds: began.elapsed().as_secs_f64(),
        sources: program.sources(),
        files: &request.files,
    };
    if request.json {
        println!("{:#}", told.json());
    } else {
        print!("{}", told.text(&program));
    }
    let faulty = told
        .report
        .classes
        .iter()
        .any(|class| class.outcome.is_fault());
    if faulty || !told.report.leaks.is_empty() {
        return ExitCode::from(FOUND);
    }
    ExitCode::SUCCESS
}

/// All that the two forms of the report are made of.
struct Told<'a> {
    report: &'a Report,
    verdict: Verdict,
    seconds: f64,
    sources: &'a SourceMap,
    files: &'a [String],
}

impl Told<'_> {
    /// Why not everything was explored; none when it was.
    fn bound(&self) -> Option<String> {
        match self.verdict {
            Verdict::Proved => None,
            Verdict::Bounded(_) | Verdict::Searching => {
                let bounds = self.report.bounds.iter().map(ToString::to_string);
                Some(bounds.collect::<Vec<_>>().join("; "))
            }
        }
    }

    /// Schedules that complete: a leak in all of them is one that always happens.
    fn completed(&self) -> u64 {
        let ended = |class: &&Class| matches!(class.outcome, Outcome::Completed);
        self.report
            .classes
            .iter()
            .filter(ended)
            .map(|class| class.count)
            .sum()
    }

    fn json(&self) -> Value {
        let outcomes = self.report.classes.iter().map(|class| {
            let (kind, message) = words(&class.outcome);
            json!({
                "kind": kind,
                "message": message,
                "count": class.count,
                "schedule": class.witness.to_string(),
            })
        });
        let findings = self.report.leaks.iter().map(|leak| {
            json!({
                "kind": "leak",
                "message": format!("a goroutine is parked for ever: {}", leak.reason.words()),
                "places": [self.sources.describe(leak.span).to_string()],
                "count": leak.count,
                "always": leak.count == self.completed(),
                "schedule": leak.witness.to_string(),
            })
        });
        let outputs = self.report.printed.iter().map(|printed| {
            json!({
                "text": &*printed.text,
                "count": printed.count,
                "schedule": printed.witness.to_string(),
            })
        });
        json!({
            "verdict": if self.bound().is_none() { "proved" } else { "bounded" },
            "bound": self.bound(),
            "schedules": self.report.schedules,
            "redundant": self.report.redundant,
            "steps": self.report.steps,
            "seconds": self.seconds,
            "outcomes": outcomes.collect::<Vec<_>>(),
            "findings": findings.collect::<Vec<_>>(),
            "outputs": outputs.collect::<Vec<_>>(),
        })
    }

    fn text(&self, program: &GoProgram) -> String {
        let mut text = String::new();
        let report = self.report;
        let explored = format!(
            "{} schedules, {} redundant, {} steps, {:.2} s",
            report.schedules, report.redundant, report.steps, self.seconds
        );
        // Writing to a String cannot fail.
        let _ = match self.bound() {
            None => writeln!(text, "Proved: every schedule was explored ({explored})."),
            Some(why) => writeln!(text, "Bounded: {why} ({explored})."),
        };
        let _ = writeln!(text, "\nHow it ends:");
        for class in &report.classes {
            let (kind, _) = words(&class.outcome);
            let _ = writeln!(text, "{:>10}  {kind}", class.count);
        }
        for class in report
            .classes
            .iter()
            .filter(|class| class.outcome.is_fault())
        {
            let _ = write!(text, "\n{}", self.fault(&class.outcome, program));
            self.how(&mut text, class.count, &class.witness.to_string());
        }
        for leak in &report.leaks {
            let often = if leak.count == self.completed() {
                "always"
            } else {
                "sometimes"
            };
            let _ = writeln!(
                text,
                "\nleak, {often}: a goroutine stays parked for ever [{}]\n{}",
                leak.reason.words(),
                self.line(leak.span)
            );
            self.how(&mut text, leak.count, &leak.witness.to_string());
        }
        let _ = writeln!(text, "\nWhat it prints:");
        for printed in report.printed.iter().take(SHOWN_OUTPUTS) {
            let lines = printed.text.lines().count();
            for (index, line) in printed.text.lines().take(SHOWN_LINES).enumerate() {
                let count = if index == 0 {
                    printed.count.to_string()
                } else {
                    String::new()
                };
                let _ = writeln!(text, "{count:>10}  {line}");
            }
            if lines == 0 {
                let _ = writeln!(text, "{:>10}  (nothing)", printed.count);
            } else if lines > SHOWN_LINES {
                let _ = writeln!(text, "{:>10}  … {} lines more", "", lines - SHOWN_LINES);
            }
        }
        if let Some(more @ 1..) = report.printed.len().checked_sub(SHOWN_OUTPUTS) {
            let _ = writeln!(text, "{:>10}  and {more} other outputs; see --json", "");
        }
        text
    }

    fn fault(&self, outcome: &Outcome, program: &GoProgram) -> String {
        let mut text = String::new();
        match outcome {
            Outcome::Deadlock(stuck) => {
                let _ = writeln!(text, "fatal error: all goroutines are asleep - deadlock!");
                for one in stuck {
                    let reason = one.reason.words();
                    let _ = writeln!(text, "goroutine {} [{reason}]", one.goroutine.0);
                    let _ = writeln!(text, "{}", self.line(one.span));
                }
            }
            Outcome::Panic(fault) => {
                let _ = writeln!(text, "panic: {}\n{}", fault.message, self.line(fault.span));
            }
            Outcome::Fatal(fault) => {
                let _ = writeln!(
                    text,
                    "fatal error: {}\n{}",
                    fault.message,
                    self.line(fault.span)
                );
            }
            other => text.push_str(&program.report(other)),
        }
        text
    }

    /// `    file.go:15:2: to.mu.Lock()`.
    fn line(&self, span: Span) -> String {
        let place = self.sources.describe(span);
        let line = self
            .sources
            .file(span.file)
            .zip(self.sources.location(span))
            .and_then(|(file, location)| file.text().lines().nth(location.line as usize - 1));
        format!("    {place}: {}", line.unwrap_or_default().trim())
    }

    /// How to see it.
    fn how(&self, text: &mut String, count: u64, schedule: &str) {
        let files = self.files.join(" ");
        let _ = writeln!(
            text,
            "    in {count} of {} schedules; lockstep run --schedule {schedule:?} {files}",
            self.report.schedules
        );
    }
}

/// The kind of an outcome and its words.
fn words(outcome: &Outcome) -> (&'static str, String) {
    match outcome {
        Outcome::Completed => ("completed", String::new()),
        Outcome::Exited(code) => ("exited", format!("exit status {code}")),
        Outcome::Deadlock(_) => ("deadlock", "all goroutines are asleep - deadlock!".into()),
        Outcome::Panic(fault) => ("panic", fault.message.to_string()),
        Outcome::Fatal(fault) => ("fatal", fault.message.to_string()),
        Outcome::StepLimit(_) => ("limit", "the limit on steps".into()),
        Outcome::MemoryLimit(_) => ("limit", "the limit on memory".into()),
        Outcome::Stopped => ("limit", "stopped".into()),
    }
}
