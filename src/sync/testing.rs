//! Helps the tests of the primitives.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use crate::runtime::{Handle, Options, Run, Runtime, run};
use crate::schedule::{Random, RoundRobin, Scheduler};
use crate::trace::{EventKind, GoroutineId, Outcome, WaitReason};

/// Lines that goroutines leave for the test.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub fn add(&self, line: impl ToString) {
        self.0.borrow_mut().push(line.to_string());
    }

    pub fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// Runs `main` in turn and gives the run with what was logged.
pub fn run_main<F: Future<Output = ()> + 'static>(
    main: impl Fn(Handle, Log) -> F,
) -> (Run, Vec<String>) {
    run_under(&mut RoundRobin::new(1), main)
}

/// Runs `main` under a policy.
pub fn run_under<F: Future<Output = ()> + 'static>(
    scheduler: &mut dyn Scheduler,
    main: impl Fn(Handle, Log) -> F,
) -> (Run, Vec<String>) {
    let log = Log::default();
    let program = |runtime: &Runtime| {
        runtime.spawn("main", main(runtime.handle().clone(), log.clone()));
    };
    let run = run(&program, scheduler, Options::default());
    (run, log.take())
}

/// Runs `main` under many seeds and gives all distinct logs, sorted.
pub fn all_logs<F: Future<Output = ()> + 'static>(
    seeds: u64,
    main: impl Fn(Handle, Log) -> F,
) -> Vec<String> {
    let mut logs: Vec<String> = (0..seeds)
        .map(|seed| run_under(&mut Random::new(seed), &main).1.join(" "))
        .collect();
    logs.sort();
    logs.dedup();
    logs
}

/// Who sleeps for ever in a deadlock, and why.
pub fn stuck(outcome: &Outcome) -> Vec<(GoroutineId, WaitReason)> {
    match outcome {
        Outcome::Deadlock(stuck) => stuck
            .iter()
            .map(|one| (one.goroutine, one.reason))
            .collect(),
        other => panic!("not a deadlock: {other:?}"),
    }
}

/// The events of a run that `pick` wants, as it writes them.
pub fn events(run: &Run, pick: impl Fn(GoroutineId, &EventKind) -> Option<String>) -> Vec<String> {
    run.trace
        .events()
        .iter()
        .filter_map(|event| pick(event.goroutine, &event.kind))
        .collect()
}
