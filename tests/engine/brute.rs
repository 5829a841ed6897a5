//! The explorer against brute force: every schedule of small generated programs is run, one by one,
//! on the plain runtime. Outcomes and outputs must be the same, and the explorer must run each class
//! of equivalent schedules once.

use std::collections::BTreeSet;

use lockstep::explore::{ExploreOptions, Report, Verdict, explore};
use lockstep::runtime::{Options, Program, Progress, Runtime};
use lockstep::schedule::{Choice, Pick, Replay, Scheduler};
use lockstep::trace::Outcome;

use crate::generate::{Op, Script, Scripted};

/// More schedules than this are too many for brute force.
const MOST: u64 = 3_000;

/// Depth first through all decisions.
#[derive(Default)]
struct Everything {
    /// The picks of the current run, with how many there were.
    stack: Vec<(u64, u64)>,
    position: usize,
}

impl Scheduler for Everything {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        if self.position == self.stack.len() {
            self.stack.push((0, choice.count));
        }
        let (pick, count) = self.stack[self.position];
        assert_eq!(count, choice.count, "the same way leads to the same place");
        self.position += 1;
        Pick::Option(pick)
    }
}

impl Everything {
    /// On to the next schedule; false when there is none.
    fn next(&mut self) -> bool {
        self.position = 0;
        while let Some((pick, count)) = self.stack.pop() {
            if pick + 1 < count {
                self.stack.push((pick + 1, count));
                return true;
            }
        }
        false
    }
}

/// An outcome as far as the explorer tells them apart.
fn name(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Deadlock(stuck) => {
            let mut reasons: Vec<&str> = stuck.iter().map(|one| one.reason.words()).collect();
            reasons.sort_unstable();
            format!("deadlock {reasons:?}")
        }
        Outcome::Panic(fault) => format!("panic {}", fault.message),
        other => format!("{other:?}"),
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    outcomes: BTreeSet<String>,
    printed: BTreeSet<String>,
}

/// Everything that can happen, by running every schedule; `None` when there are too many.
fn brute_force(program: &Scripted) -> Option<Found> {
    let options = Options {
        recording: false,
        printing: true,
        ..Options::default()
    };
    let mut runtime = Runtime::new(options);
    let mut everything = Everything::default();
    let mut found = Found::default();
    for _ in 0..MOST {
        runtime.reset();
        program.start(&runtime);
        let Progress::Ended(outcome) = runtime.run(&mut everything) else {
            panic!("nothing pauses");
        };
        found.outcomes.insert(name(&outcome));
        runtime.with_output(|output| found.printed.insert(output.to_owned()));
        if !everything.next() {
            return Some(found);
        }
    }
    None
}

fn of(report: &Report) -> Found {
    Found {
        outcomes: report
            .classes
            .iter()
            .map(|class| name(&class.outcome))
            .collect(),
        printed: report
            .printed
            .iter()
            .map(|printed| printed.text.to_string())
            .collect(),
    }
}

/// Replays every witness: it shows what it is a witness of.
fn witnesses_hold(program: &Scripted, report: &Report) {
    let run = |schedule| {
        let options = Options {
            recording: false,
            printing: true,
            ..Options::default()
        };
        let mut runtime = Runtime::new(options);
        program.start(&runtime);
        let mut replay = Replay::new(schedule);
        let progress = runtime.run(&mut replay);
        assert_eq!(replay.divergence(), None);
        (progress, runtime.with_output(str::to_owned))
    };
    for class in &report.classes {
        assert_eq!(
            run(&class.witness).0,
            Progress::Ended(class.outcome.clone())
        );
    }
    for printed in &report.printed {
        assert_eq!(run(&printed.witness).1, *printed.text);
    }
}

/// Where all orders have as many classes as the reduction runs. Elsewhere it runs fewer, since the
/// classes that can be told apart are finer than what makes a difference: whether a receiver came
/// before a close or behind it, in which order a reader and a writer park for ever.
fn is_countable(ops: &[Op]) -> bool {
    ops.iter().all(|op| match op {
        Op::Locked(_, inner) => is_countable(inner),
        Op::TryLocked(_) | Op::Load | Op::Store(_) | Op::Increment | Op::Print | Op::Done => true,
        _ => false,
    })
}

fn programs() -> u64 {
    let asked = std::env::var("LOCKSTEP_PROGRAMS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(400)
}

#[test]
fn nothing_is_lost_and_nothing_is_run_twice() {
    let (mut compared, mut deadlocks, mut several) = (0, 0, 0);
    for seed in 0.. {
        if compared == programs() {
            break;
        }
        let program = Scripted::new(Script::random(seed, 3, 6));
        let Some(expected) = brute_force(&program) else {
            continue;
        };
        compared += 1;
        let options = ExploreOptions {
            audit: true,
            ..ExploreOptions::default()
        };
        let (report, verdict) = explore(&program, options);
        let script = &program.script;
        assert_eq!(
            verdict,
            Verdict::Proved,
            "seed {seed} {script:?} {:?}",
            report.bounds
        );
        assert_eq!(of(&report), expected, "seed {seed} {script:?}");
        witnesses_hold(&program, &report);
        // Timers take the numbers of those that are gone: equivalent runs can look different.
        if !format!("{script:?}").contains("Timeout") {
            assert_eq!(
                report.distinct(),
                report.schedules,
                "twice: seed {seed} {script:?}"
            );
            let all = ExploreOptions {
                exhaustive: true,
                ..options
            };
            let (all, _) = explore(&program, all);
            assert!(all.distinct() >= report.schedules, "seed {seed} {script:?}");
            if script.goroutines.iter().all(|ops| is_countable(ops)) {
                assert_eq!(all.distinct(), report.schedules, "seed {seed} {script:?}");
            }
        }
        deadlocks += u32::from(
            expected
                .outcomes
                .iter()
                .any(|name| name.starts_with("deadlock")),
        );
        several += u32::from(expected.outcomes.len() > 1);
    }
    // The programs are not all dull.
    assert!(
        u64::from(deadlocks) > compared / 20,
        "{deadlocks} of {compared}"
    );
    assert!(
        u64::from(several) > compared / 20,
        "{several} of {compared}"
    );
}
