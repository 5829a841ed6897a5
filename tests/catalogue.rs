//! Holds every program of the catalogue to its `//lockstep:expect` lines: under many schedules it ends
//! in no other way than it says, and in each of the ways it says.
#![cfg(not(target_arch = "wasm32"))]

mod support {
    pub mod catalogue;
}

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::rc::Rc;

use lockstep::detect;
use lockstep::go::program::GoProgram;
use lockstep::runtime::{Options, Program as _, Progress, Run, Runtime};
use lockstep::schedule::{Pct, Random, Scheduler};
use lockstep::session::Watch;
use lockstep::session::catalogue::{Expectation, Program, programs};
use lockstep::trace::Outcome;
use lockstep::world::World;
use support::catalogue::{ready, trace_hashes};

/// Schedules that every program is run under, by turns at random and by PCT.
const SCHEDULES: u64 = 40;
/// Schedules at most, while an outcome that is expected has not been seen.
const AT_MOST: u64 = 2000;

/// The `:expect` line that a run answers to. What was found beside a good end comes before it.
fn ending(run: &Run, races: usize) -> Expectation {
    match &run.outcome {
        Outcome::Completed if races > 0 => Expectation::Race,
        Outcome::Completed => {
            let mut world = World::new();
            world.advance(&run.trace, run.trace.len());
            if detect::stuck(&world).is_empty() {
                Expectation::Completed
            } else {
                Expectation::Leak
            }
        }
        Outcome::Exited(code) => Expectation::Exited(*code),
        Outcome::Deadlock(_) => Expectation::Deadlock,
        Outcome::Panic(fault) => Expectation::Panic(fault.message.to_string()),
        Outcome::Fatal(fault) => Expectation::Fatal(fault.message.to_string()),
        Outcome::StepLimit(_) => Expectation::StepLimit,
        other => panic!("unexpected outcome {other:?}"),
    }
}

fn answers(expected: &Expectation, seen: &Expectation) -> bool {
    match (expected, seen) {
        (Expectation::Panic(part), Expectation::Panic(whole))
        | (Expectation::Fatal(part), Expectation::Fatal(whole)) => whole.contains(part),
        _ => expected == seen,
    }
}

/// One run, and how many data races were seen in it.
fn under(go: &GoProgram, options: Options, number: u64) -> (Run, usize) {
    let mut random;
    let mut pct;
    let scheduler: &mut dyn Scheduler = if number.is_multiple_of(2) {
        random = Random::new(number);
        &mut random
    } else {
        pct = Pct::new(number, 3, 60);
        &mut pct
    };
    let watch = Rc::new(RefCell::new(Watch::default()));
    let mut runtime = Runtime::new(options);
    runtime.set_observer(Some(watch.clone()));
    go.start(&runtime);
    let Progress::Ended(outcome) = runtime.run(scheduler) else {
        panic!("nobody pauses")
    };
    let schedule = runtime.schedule().clone();
    let run = Run {
        schedule,
        trace: runtime.take_trace(),
        outcome,
    };
    let races = watch.borrow().since(0).len();
    (run, races)
}

/// What is wrong with a program's expectations; nothing if all is well.
fn complaints(program: &Program) -> Vec<String> {
    let (go, options) = match ready(program) {
        Ok(ready) => ready,
        Err(message) => return vec![message],
    };
    let expected = program.directives().expect;
    let mut unseen: Vec<&Expectation> = expected.iter().collect();
    let mut surprises = BTreeMap::new();
    for number in 0..AT_MOST {
        if number >= SCHEDULES && unseen.is_empty() {
            break;
        }
        let (run, races) = under(&go, options, number);
        let seen = ending(&run, races);
        if expected.iter().any(|expected| answers(expected, &seen)) {
            unseen.retain(|expected| !answers(expected, &seen));
        } else {
            surprises
                .entry(seen)
                .or_insert_with(|| run.schedule.to_string());
        }
    }
    let surprises = surprises
        .into_iter()
        .map(|(seen, schedule)| format!("{}: ends in {seen}, by {schedule}", program.name));
    let unseen = unseen.into_iter().map(|expected| {
        format!(
            "{}: {expected} was not seen in {AT_MOST} runs",
            program.name
        )
    });
    surprises.chain(unseen).collect()
}

#[test]
fn programs_end_as_they_say() {
    let wanted = std::env::var("PROGRAM").unwrap_or_default();
    let programs: Vec<Program> = programs()
        .into_iter()
        .filter(|p| p.name.contains(&wanted))
        .collect();
    assert!(!programs.is_empty());
    let found: Vec<String> = std::thread::scope(|scope| {
        let halves = [0, 1].map(|half| {
            let mine: Vec<Program> = programs.iter().skip(half).step_by(2).copied().collect();
            scope.spawn(move || mine.iter().flat_map(complaints).collect::<Vec<_>>())
        });
        halves
            .into_iter()
            .flat_map(|half| half.join().expect("no program brings the test down"))
            .collect()
    });
    assert!(
        found.is_empty(),
        "{} complaints:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn pairs_answer_each_other() {
    let names: BTreeSet<&str> = programs().iter().map(|program| program.name).collect();
    for program in programs() {
        let directives = program.directives();
        let Some(pair) = directives.pair else {
            continue;
        };
        assert!(
            names.contains(&*pair),
            "{}: no program {pair}",
            program.name
        );
        assert_ne!(pair, program.name);
    }
}

/// Takes the hashes twice: they must not differ. The browser's test compares its own with the file.
#[test]
fn trace_hashes_are_steady() {
    let hashes = trace_hashes();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("trace-hashes.txt");
    std::fs::write(file, &hashes).expect("the target directory can be written");
    assert_eq!(hashes, trace_hashes());
}
