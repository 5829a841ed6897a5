//! Where in a trace steps begin, control changes hands, and something goes wrong.
//!
//! Invariants: step `i` is the events from `start(i)` up to `start(i + 1)`; the events before `start(0)`
//! set the scene (main is made). Steps of the clock have no goroutine. A *position* is a number of applied
//! events; the positions worth standing at are those between steps.
//!
//! A step begins with the scheduler's pick of a goroutine; where the clock moves, with all the sleeps
//! that end then; and where a timer fires that had to be picked.

use std::collections::BTreeSet;

use crate::trace::{Event, EventKind, GoroutineId, ObjectId, Outcome, Trace, WaitReason};

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A panic, recovered or not.
    Panic,
    /// A fatal error of the runtime.
    Fatal,
    /// All goroutines are asleep.
    Deadlock,
    /// Two accesses of a variable that nothing orders.
    Race,
    /// Main has returned and left goroutines behind that would never have ended.
    Leak,
    /// Some goroutines wait for each other's locks for ever, while others go on.
    PartialDeadlock,
    /// A limit of the run was hit.
    Limit,
}

/// Something that went wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultMark {
    /// Index of the event.
    pub event: usize,
    /// Whose; none when it concerns all.
    pub goroutine: GoroutineId,
    /// What.
    pub kind: FaultKind,
}

/// The steps of a growing trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    events: usize,
    /// Index of the first event of each step.
    starts: Vec<u32>,
    actors: Vec<GoroutineId>,
    /// Steps done by another goroutine than the last one before that.
    switches: Vec<u32>,
    faults: Vec<FaultMark>,
    /// Within a step of a goroutine, until it yields, parks or exits.
    running: bool,
    /// Timers that end a sleep.
    sleeps: BTreeSet<ObjectId>,
}

impl Index {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows a trace to its end; linear in the events that are new.
    pub fn extend(&mut self, trace: &Trace) {
        for event in trace.events().get(self.events..).unwrap_or_default() {
            self.push(event);
        }
    }

    fn push(&mut self, event: &Event) {
        // A trace is limited to fewer than u32::MAX events by its memory.
        let at = self.events as u32;
        let last = self.actors.last().copied();
        let after_goroutine = last.is_some_and(|actor| !actor.is_none());
        let begins = match &event.kind {
            EventKind::Step | EventKind::Advance { .. } => true,
            EventKind::TimerFire { timer, .. } => {
                // A timer that is set to nothing fires within the step that sets it.
                !self.running && (!self.sleeps.contains(timer) || after_goroutine)
            }
            EventKind::End { .. } | EventKind::Fault { .. } => false,
            _ => event.goroutine.is_none() && !self.running && after_goroutine,
        };
        if begins {
            if !event.goroutine.is_none() {
                let before = self.actors.iter().rev().find(|actor| !actor.is_none());
                if before.is_some_and(|before| *before != event.goroutine) {
                    self.switches.push(self.starts.len() as u32);
                }
            }
            self.starts.push(at);
            self.actors.push(event.goroutine);
        }
        match &event.kind {
            EventKind::Step => self.running = true,
            EventKind::Park {
                reason: WaitReason::Sleep,
                object,
                ..
            } => {
                self.sleeps.insert(*object);
                self.running = false;
            }
            EventKind::Yield { .. } | EventKind::Park { .. } | EventKind::Exit => {
                self.running = false;
            }
            _ => {}
        }
        if let Some(kind) = fault_kind(event) {
            self.faults.push(FaultMark {
                event: self.events,
                goroutine: event.goroutine,
                kind,
            });
        }
        self.events += 1;
    }

    /// How many events were seen.
    pub fn events(&self) -> usize {
        self.events
    }

    /// How many steps have begun.
    pub fn steps(&self) -> usize {
        self.starts.len()
    }

    /// The position before step `step`; for a step that has not begun, the end.
    pub fn start(&self, step: usize) -> usize {
        self.starts
            .get(step)
            .map_or(self.events, |start| *start as usize)
    }

    /// The position behind step `step`.
    pub fn end(&self, step: usize) -> usize {
        self.start(step.saturating_add(1))
    }

    /// Who does step `step`; [`GoroutineId::NONE`] is the clock. None: no such step.
    pub fn actor(&self, step: usize) -> Option<GoroutineId> {
        self.actors.get(step).copied()
    }

    /// How many steps have begun in the first `position` events.
    pub fn steps_before(&self, position: usize) -> usize {
        self.starts
            .partition_point(|start| (*start as usize) < position)
    }

    /// The first position at which there is something to see: main stands before its first step.
    pub fn home(&self) -> usize {
        self.start(0)
    }

    /// The nearest position between steps at or before this one, not before home.
    pub fn settle(&self, position: usize) -> usize {
        if position >= self.events {
            return self.events;
        }
        let steps = self
            .starts
            .partition_point(|start| (*start as usize) <= position);
        steps
            .checked_sub(1)
            .map_or(self.home(), |step| self.start(step))
    }

    /// Steps at which control went to another goroutine, in order.
    pub fn switches(&self) -> &[u32] {
        &self.switches
    }

    /// Marks something that went wrong and that the events alone do not say. It must not lie before what
    /// is marked already.
    pub fn mark(&mut self, fault: FaultMark) {
        let place = self
            .faults
            .partition_point(|known| known.event <= fault.event);
        self.faults.insert(place, fault);
    }

    /// Everything that went wrong, in order.
    pub fn faults(&self) -> &[FaultMark] {
        &self.faults
    }

    /// The position behind the first step done by another goroutine, from `position` on.
    pub fn next_switch(&self, position: usize) -> Option<usize> {
        let step = self.steps_before(position.max(self.home()));
        let place = self
            .switches
            .partition_point(|switch| (*switch as usize) < step);
        self.switches
            .get(place)
            .map(|step| self.end(*step as usize))
    }

    /// The position behind the last step done by another goroutine, of those that end before `position`.
    pub fn previous_switch(&self, position: usize) -> Option<usize> {
        let place = self
            .switches
            .partition_point(|switch| self.end(*switch as usize) < position);
        let step = *self.switches.get(place.checked_sub(1)?)?;
        Some(self.end(step as usize))
    }

    /// The position behind the step of the first fault from `position` on.
    pub fn next_fault(&self, position: usize) -> Option<usize> {
        let place = self
            .faults
            .partition_point(|fault| self.behind(fault) <= position);
        self.faults.get(place).map(|fault| self.behind(fault))
    }

    /// The position behind the step of the last fault before `position`.
    pub fn previous_fault(&self, position: usize) -> Option<usize> {
        let place = self
            .faults
            .partition_point(|fault| self.behind(fault) < position);
        self.faults
            .get(place.checked_sub(1)?)
            .map(|fault| self.behind(fault))
    }

    /// The position behind the step in which a fault lies.
    fn behind(&self, fault: &FaultMark) -> usize {
        match self.steps_before(fault.event + 1).checked_sub(1) {
            Some(step) => self.end(step),
            None => self.events,
        }
    }
}

fn fault_kind(event: &Event) -> Option<FaultKind> {
    match &event.kind {
        EventKind::Panic { .. } => Some(FaultKind::Panic),
        // A panic was marked where it began; here is only what cannot be recovered.
        EventKind::End { outcome } => match **outcome {
            Outcome::Deadlock(_) => Some(FaultKind::Deadlock),
            Outcome::Fatal(_) => Some(FaultKind::Fatal),
            Outcome::StepLimit(_) | Outcome::MemoryLimit(_) => Some(FaultKind::Limit),
            _ => None,
        },
        _ => None,
    }
}
