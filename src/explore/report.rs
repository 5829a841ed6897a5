//! What a search has found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::schedule::Schedule;
use crate::trace::{Outcome, Span, StableHasher, Text, WaitReason};

/// What has been found so far.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Schedules explored, up to equivalence.
    pub schedules: u64,
    /// Runs that turned out to lead nowhere new.
    pub redundant: u64,
    /// Steps taken in all runs, replays included.
    pub steps: u64,
    /// How the program can end, in the order of finding.
    pub classes: Vec<Class>,
    /// What it can print before it ends, in the order of finding.
    pub printed: Vec<Printed>,
    /// Goroutines that can be left behind for ever when it completes.
    pub leaks: Vec<Leak>,
    /// Bounds that were hit.
    pub bounds: Vec<Bound>,
    /// Fingerprints of the classes of equivalent runs, when they are counted.
    pub(super) seen: BTreeSet<u64>,
    class_index: BTreeMap<u64, usize>,
    printed_index: BTreeMap<u64, usize>,
    leak_index: BTreeMap<(Span, WaitReason), usize>,
}

/// A way in which the program can end.
#[derive(Clone, Debug)]
pub struct Class {
    /// The outcome of the witness. Others of the class differ at most in the numbers of goroutines.
    pub outcome: Outcome,
    /// Schedules that end so.
    pub count: u64,
    /// The one with fewest preemptions and, of those, fewest steps.
    pub witness: Schedule,
    /// Its preemptions: switches away from a goroutine that could have gone on.
    pub preemptions: u32,
    /// Its steps.
    pub steps: u32,
}

/// Something the program can print.
#[derive(Clone, Debug)]
pub struct Printed {
    /// All that is printed until the end.
    pub text: Text,
    /// Schedules that print it.
    pub count: u64,
    /// One of them.
    pub witness: Schedule,
}

/// Goroutines that are parked for ever at the same place when the program completes.
#[derive(Clone, Debug)]
pub struct Leak {
    /// Where.
    pub span: Span,
    /// In what.
    pub reason: WaitReason,
    /// Schedules with such a goroutine.
    pub count: u64,
    /// One of them.
    pub witness: Schedule,
}

/// Why not everything was explored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// The number of schedules that was asked for.
    Schedules,
    /// A run took too many steps, or too much fuel or memory.
    Run,
    /// More goroutines and timers at once than can be told apart.
    Processes,
    /// Random numbers or map orders were drawn once, not tried one by one.
    Values,
    /// Goroutines that went on after the program's end did not come to rest.
    Lingering,
    /// Cancelled.
    Cancelled,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Bound::Schedules => "the limit on schedules was reached",
            Bound::Run => "a run reached the limit on its length",
            Bound::Processes => "too many goroutines at once",
            Bound::Values => "random values were drawn, not tried one by one",
            Bound::Lingering => "goroutines do not come to rest after the program's end",
            Bound::Cancelled => "the search was cancelled",
        })
    }
}

/// What the search has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not at its end.
    Searching,
    /// Every schedule was explored, up to equivalence.
    Proved,
    /// It is at its end, but something was left out; the first of the reasons.
    Bounded(Bound),
}

/// One finished run, as the report counts it.
pub(super) struct Finished<'a> {
    pub outcome: &'a Outcome,
    pub output: &'a str,
    pub preemptions: u32,
    pub steps: u32,
}

impl Report {
    /// How many distinct classes of equivalent runs there were; 0 when they were not counted.
    pub fn distinct(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Notes that something is left out.
    pub(super) fn bound(&mut self, bound: Bound) {
        if !self.bounds.contains(&bound) {
            self.bounds.push(bound);
        }
    }

    /// Counts a run; `schedule` is only asked for when it is to be kept.
    pub(super) fn count(&mut self, run: &Finished<'_>, schedule: &mut dyn FnMut() -> Schedule) {
        self.schedules += 1;
        match self.class_index.get(&key(run.outcome)) {
            Some(&index) => {
                let class = &mut self.classes[index];
                class.count += 1;
                if (run.preemptions, run.steps) < (class.preemptions, class.steps) {
                    class.witness = schedule();
                    class.outcome = run.outcome.clone();
                    (class.preemptions, class.steps) = (run.preemptions, run.steps);
                }
            }
            None => {
                self.class_index
                    .insert(key(run.outcome), self.classes.len());
                self.classes.push(Class {
                    outcome: run.outcome.clone(),
                    count: 1,
                    witness: schedule(),
                    preemptions: run.preemptions,
                    steps: run.steps,
                });
            }
        }
        let mut hasher = StableHasher::new();
        run.output.hash(&mut hasher);
        match self.printed_index.get(&hasher.finish()) {
            Some(&index) => self.printed[index].count += 1,
            None => {
                self.printed_index
                    .insert(hasher.finish(), self.printed.len());
                let (text, witness) = (run.output.into(), schedule());
                self.printed.push(Printed {
                    text,
                    count: 1,
                    witness,
                });
            }
        }
    }

    /// Counts goroutines that a run leaves behind, each place once.
    pub(super) fn count_leaks(
        &mut self,
        mut places: Vec<(Span, WaitReason)>,
        schedule: &mut dyn FnMut() -> Schedule,
    ) {
        places.sort_unstable();
        places.dedup();
        for (span, reason) in places {
            match self.leak_index.get(&(span, reason)) {
                Some(&index) => self.leaks[index].count += 1,
                None => {
                    self.leak_index.insert((span, reason), self.leaks.len());
                    self.leaks.push(Leak {
                        span,
                        reason,
                        count: 1,
                        witness: schedule(),
                    });
                }
            }
        }
    }
}

/// What tells outcomes apart: the kind, the words, and where goroutines are stuck; not their numbers.
fn key(outcome: &Outcome) -> u64 {
    let mut hasher = StableHasher::new();
    std::mem::discriminant(outcome).hash(&mut hasher);
    match outcome {
        Outcome::Deadlock(stuck) => {
            let mut places: Vec<(Span, WaitReason)> =
                stuck.iter().map(|one| (one.span, one.reason)).collect();
            places.sort_unstable();
            places.hash(&mut hasher);
        }
        Outcome::Panic(fault) | Outcome::Fatal(fault) => {
            fault.message.hash(&mut hasher);
            fault.span.hash(&mut hasher);
        }
        Outcome::Exited(code) => code.hash(&mut hasher),
        Outcome::StepLimit(exceeded) | Outcome::MemoryLimit(exceeded) => {
            exceeded.hash(&mut hasher);
        }
        Outcome::Completed | Outcome::Stopped => {}
    }
    hasher.finish()
}
