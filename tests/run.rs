//! Holds `lockstep run` to what real Go prints, for every program under `tests/programs`
//! (formats: `tests/programs/README.md`). Runs the binary, as a person would.
//!
//! `PROGRAM=name cargo test --test run` runs only the programs whose path contains `name`.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Seeds under which a program whose output may not depend on the schedule is run.
const SEEDS: [u32; 3] = [1, 2, 3];
/// Seeds under which the outputs of a set are collected.
const SET_SEEDS: u32 = 24;

fn lockstep(program: &Path, seed: u32) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lockstep"))
        .args(["run", "--seed", &seed.to_string()])
        .arg(program)
        .output()
        .expect("the lockstep binary starts")
}

fn programs(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/programs")
        .join(folder);
    let wanted = std::env::var("PROGRAM").unwrap_or_default();
    let mut found: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the folder of programs can be read")
        .map(|entry| entry.expect("a directory entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "go"))
        .filter(|path| path.to_string_lossy().contains(&wanted))
        .collect();
    found.sort();
    assert!(
        !found.is_empty() || !wanted.is_empty(),
        "no programs in {folder:?}"
    );
    found
}

/// Runs `check` on every program of `folder`, on two threads, and fails with every complaint.
fn hold(folder: &str, check: fn(&Path) -> Result<(), String>) {
    let programs = programs(folder);
    let next = AtomicUsize::new(0);
    let complaints = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(complaint) = check(path) {
                        let name = path
                            .file_name()
                            .unwrap_or_default()
                            .to_string_lossy()
                            .into_owned();
                        complaints
                            .lock()
                            .expect("no check panics")
                            .push(format!("{folder}/{name}: {complaint}"));
                    }
                }
            });
        }
    });
    let mut complaints = complaints.into_inner().expect("no check panics");
    complaints.sort();
    assert!(
        complaints.is_empty(),
        "{} of {} programs differ from real Go:\n{}",
        complaints.len(),
        programs.len(),
        complaints.join("\n")
    );
}

fn expected(program: &Path, extension: &str) -> String {
    fs::read_to_string(program.with_extension(extension)).unwrap_or_default()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn differ(what: &str, expected: &str, found: &str) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    Err(format!(
        "{what} differs\n--- real Go\n{expected}\n--- Lockstep\n{found}"
    ))
}

#[test]
fn programs_print_what_real_go_prints() {
    hold("run", |program| {
        for seed in SEEDS {
            let output = lockstep(program, seed);
            if !output.status.success() {
                return Err(format!(
                    "seed {seed}: {}\n{}",
                    output.status,
                    text(&output.stderr)
                ));
            }
            differ("output", &expected(program, "out"), &text(&output.stdout))
                .map_err(|difference| format!("seed {seed}: {difference}"))?;
        }
        Ok(())
    });
}

#[test]
fn schedules_print_only_what_go_may_print() {
    hold("sets", |program| {
        let set = expected(program, "set");
        let allowed: BTreeSet<&str> = set.trim_end().split("\n---\n").collect();
        let mut seen = BTreeSet::new();
        for seed in 1..=SET_SEEDS {
            let output = lockstep(program, seed);
            let printed = text(&output.stdout);
            if !output.status.success() {
                return Err(format!(
                    "seed {seed}: {}\n{}",
                    output.status,
                    text(&output.stderr)
                ));
            }
            if !allowed.contains(printed.trim_end()) {
                return Err(format!(
                    "seed {seed} prints what Go never prints:\n{printed}"
                ));
            }
            seen.insert(printed);
        }
        if allowed.len() > 1 && seen.len() < 2 {
            return Err(format!("{SET_SEEDS} seeds give one order only: {seen:?}"));
        }
        Ok(())
    });
}

#[test]
fn faults_are_reported_as_go_reports_them() {
    hold("fault", |program| {
        let output = lockstep(program, 1);
        differ("output", &expected(program, "out"), &text(&output.stdout))?;
        let file = program.file_name().unwrap_or_default().to_string_lossy();
        let report = normalise(&text(&output.stderr), &file);
        let status = output
            .status
            .code()
            .map_or("none".to_owned(), |code| code.to_string());
        let found = format!("exit {status}\n{report}");
        differ(
            "report",
            expected(program, "err").trim_end(),
            found.trim_end(),
        )
    });
}

/// What `scripts/expect.mjs` does to Go's own report: the ids of goroutines other than the first,
/// arguments, paths and frames of the library are left out.
fn normalise(report: &str, file: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    let mut lines = report.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(place) = lines.next_if(|next| is_place(next) && !line.starts_with('\t')) {
            let place = place.trim_start().split(' ').next().unwrap_or_default();
            let (path, line_number) = place.rsplit_once(':').unwrap_or((place, ""));
            if path.rsplit('/').next() == Some(file) {
                let call = match line.rsplit_once('(') {
                    Some((function, _))
                        if !line.starts_with("created by") && line.ends_with(')') =>
                    {
                        format!("{function}(...)")
                    }
                    _ => anonymous(line),
                };
                kept.push(call);
                kept.push(format!("\t{file}:{line_number}"));
            }
            continue;
        }
        let line = match line.find(" code=") {
            Some(at) if line.starts_with("[signal ") => format!("{}]", &line[..at]),
            _ => line.to_owned(),
        };
        kept.push(anonymous(&line));
    }
    kept.join("\n").trim_end().to_owned()
}

fn is_place(line: &str) -> bool {
    line.starts_with('\t') && line.contains(".go:")
}

/// `goroutine 7 [running]:` as `goroutine N [running]:`, but for the first goroutine.
fn anonymous(line: &str) -> String {
    let Some(at) = line.find("goroutine ") else {
        return line.to_owned();
    };
    if at != 0 && !line.starts_with("created by") {
        return line.to_owned();
    }
    let digits = &line[at + "goroutine ".len()..];
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    if end == 0 || &digits[..end] == "1" {
        return line.to_owned();
    }
    format!("{}goroutine N{}", &line[..at], &digits[end..])
}
