//! The whole picture at one event: every goroutine, every object, the time and the output.
//!
//! A [`World`] is folded from a trace alone: [`World::apply`] takes one event and never asks the engine
//! anything. [`Checkpoints`] keeps some worlds so that any position of a long trace is near,
//! [`Index`] knows where steps begin, [`Timeline`] what each goroutine did when, [`narrate`] says a step in
//! a sentence.
//!
//! Invariants:
//! - The same events give the same world; a copy of a world shares all that did not change.
//! - No input panics: an event that does not fit (of a damaged trace) changes nothing it cannot change.
//!
//! Deliberately absent: the engine, Go, what is drawn where, and any judgement (that is `detect`).

mod apply;
mod checkpoints;
mod goroutine;
mod index;
mod mark;
mod narrate;
mod object;
mod shelf;
mod timeline;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::trace::{
    Fault, GoroutineId, GoroutineState, ObjectId, Outcome, SelectCase, Stream, Text, Trace,
    VirtualTime,
};

pub use checkpoints::Checkpoints;
pub use goroutine::{Frame, Goroutine, Hold, Variable};
pub use index::{FaultKind, FaultMark, Index};
pub use mark::{Mark, Place};
pub use narrate::narrate;
pub use object::{
    Channel, Context, Lock, Object, ObjectState, OnceState, Timer, Use, User, Waiter,
};
pub use shelf::Shelf;
pub use timeline::{Arrow, ArrowKind, Bar, BarState, Lane, Timeline};

/// A piece of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Who printed it.
    pub goroutine: GoroutineId,
    /// Where to.
    pub stream: Stream,
    /// What, exactly.
    pub text: Text,
    /// Index of its event.
    pub event: usize,
}

/// How many goroutines are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Ready to go on.
    pub runnable: usize,
    /// At most one.
    pub running: usize,
    /// Parked.
    pub waiting: usize,
    /// Ended.
    pub dead: usize,
}

/// Everything there is to see after some number of events.
///
/// Cloning costs one reference count for each 64 goroutines or objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct World {
    position: usize,
    time: VirtualTime,
    goroutines: Shelf<Rc<Goroutine>>,
    objects: Shelf<Rc<Object>>,
    /// How many objects have been given each name.
    names: Rc<BTreeMap<Text, u32>>,
    output: Shelf<Printed>,
    counts: Counts,
    running: Option<GoroutineId>,
    steps: usize,
    /// Who does the step the world stands in or behind; none for the clock.
    actor: GoroutineId,
    marks: Vec<Mark>,
    fault: Option<Rc<Fault>>,
    outcome: Option<Rc<Outcome>>,
}

impl World {
    /// Before the first event: nothing exists.
    pub fn new() -> Self {
        Self::default()
    }

    /// The world after the first `position` events of a trace (or all, if there are fewer).
    ///
    /// Folds from the start: linear in `position`. [`Checkpoints::world`] is the fast way.
    pub fn at(trace: &Trace, position: usize) -> Self {
        let mut world = Self::new();
        world.advance(trace, position);
        world
    }

    /// Applies the events from here up to `position`.
    pub fn advance(&mut self, trace: &Trace, position: usize) {
        let events = trace.events().get(self.position..position.min(trace.len()));
        for event in events.unwrap_or_default() {
            self.apply(event);
        }
    }

    /// How many events are applied.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The program's time.
    pub fn time(&self) -> VirtualTime {
        self.time
    }

    /// All goroutines ever started, by id; the dead ones, too.
    pub fn goroutines(&self) -> impl DoubleEndedIterator<Item = &Rc<Goroutine>> {
        self.goroutines.iter()
    }

    /// How many goroutines were ever started.
    pub fn goroutine_count(&self) -> usize {
        self.goroutines.len()
    }

    /// One goroutine.
    pub fn goroutine(&self, id: GoroutineId) -> Option<&Rc<Goroutine>> {
        self.goroutines.get((id.0 as usize).checked_sub(1)?)
    }

    /// All objects ever made, by id.
    pub fn objects(&self) -> impl DoubleEndedIterator<Item = &Rc<Object>> {
        self.objects.iter()
    }

    /// How many objects were ever made.
    pub fn object_count(&self) -> usize {
        self.objects.len()
    }

    /// One object.
    pub fn object(&self, id: ObjectId) -> Option<&Rc<Object>> {
        self.objects.get((id.0 as usize).checked_sub(1)?)
    }

    /// What to call an object: the name it was given, else its type and number, `chan#3`; the nil channel
    /// is `nil`.
    pub fn object_name(&self, id: ObjectId) -> String {
        match self.object(id) {
            Some(object) => object.label(),
            None => "nil".to_owned(),
        }
    }

    /// What was printed, in order.
    pub fn output(&self) -> &Shelf<Printed> {
        &self.output
    }

    /// What was printed on one stream, as one text.
    pub fn output_text(&self, stream: Stream) -> String {
        self.output
            .iter()
            .filter(|piece| piece.stream == stream)
            .map(|piece| &*piece.text)
            .collect()
    }

    /// How many goroutines are in each state.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Who executes right now; none between steps. Who panics is still executing at the end.
    pub fn running(&self) -> Option<GoroutineId> {
        self.running
    }

    /// How many steps have begun; those of the clock count.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// Who did the last step; [`GoroutineId::NONE`] is the clock (or nobody yet).
    pub fn actor(&self) -> GoroutineId {
        self.actor
    }

    /// What the last step touched, in order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The panic or fatal error that ends the run.
    pub fn fault(&self) -> Option<&Rc<Fault>> {
        self.fault.as_ref()
    }

    /// How the run ended, once it has.
    pub fn outcome(&self) -> Option<&Rc<Outcome>> {
        self.outcome.as_ref()
    }

    /// Goroutines that could be picked now, by id.
    pub fn runnable(&self) -> impl Iterator<Item = &Rc<Goroutine>> {
        self.goroutines()
            .filter(|goroutine| goroutine.state == GoroutineState::Runnable)
    }

    /// The ready cases of the select a goroutine stands before, in source order; empty if it does not
    /// stand before a select.
    pub fn ready_cases(&self, id: GoroutineId) -> Vec<SelectCase> {
        let Some(goroutine) = self.goroutine(id) else {
            return Vec::new();
        };
        let cases = goroutine.next_cases.as_deref().unwrap_or_default();
        cases
            .iter()
            .filter(|case| self.is_ready(id, case))
            .copied()
            .collect()
    }

    /// Whether a case could go on at once.
    pub fn is_ready(&self, id: GoroutineId, case: &SelectCase) -> bool {
        match self
            .object(case.channel)
            .map(|object| (object, &object.state))
        {
            Some((object, ObjectState::Channel(channel))) => {
                object.could_go_on(channel, case.direction, id)
            }
            _ => false,
        }
    }
}
