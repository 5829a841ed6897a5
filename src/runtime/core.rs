//! The runtime's state and the changes it knows.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::Waker;

use super::clock::Clock;
use super::limits::Options;
use super::observe::{Inspect, Mode, Observer, Touch};
use super::queue::RunQueue;
use super::waker::Mailbox;
use crate::schedule::{ChoiceKind, Schedule};
use crate::trace::{
    ChoiceOptions, Event, EventKind, Exceeded, GoroutineId, GoroutineState, ObjectId, Outcome,
    PendingOperation, SelectCase, Span, Stuck, Trace, VirtualTime, WaitReason,
};

pub(super) type BoxedFuture = Pin<Box<dyn Future<Output = ()>>>;

/// What a runtime and its handles share.
pub(super) struct Core {
    pub state: RefCell<State>,
    /// The goroutines' futures, by index; apart from the state, which they change while polled.
    pub tasks: RefCell<Vec<Task>>,
    pub mailbox: Arc<Mailbox>,
    pub recording: Cell<bool>,
    pub tracking: Cell<bool>,
    pub observing: Cell<bool>,
    pub observer: RefCell<Option<Rc<RefCell<dyn Observer>>>>,
    /// Fuel left in this step.
    pub fuel: Cell<u64>,
    /// Bytes of memory the program says it uses.
    pub memory: Cell<u64>,
    /// The running goroutine.
    pub current: Cell<GoroutineId>,
    /// The data pointer of its waker; only ever compared.
    pub own_waker: Cell<*const ()>,
}

/// A goroutine's future (none while polled and when ended) and its waker, which is kept for the
/// next goroutine of the same id.
#[derive(Default)]
pub(super) struct Task {
    pub future: Option<BoxedFuture>,
    pub waker: Option<Waker>,
}

/// What is known of a goroutine.
pub(super) struct Slot {
    pub state: GoroutineState,
    /// What it stands before when runnable, and what it parked in when waiting.
    pub pending: PendingOperation,
    /// What it waits at; none for a select.
    pub object: ObjectId,
    pub cases: Option<Rc<[SelectCase]>>,
    /// Said by whoever readied it.
    pub token: u64,
    /// Whether it is parked by [`super::Park`] and has not been readied.
    pub parked: bool,
    /// The waker it parked with, when that is not its own: a combinator polls it.
    pub waker: Option<Waker>,
    /// The timer object of its sleeps, made with the first.
    pub sleep: ObjectId,
}

/// A choice within a step.
pub(super) struct Question {
    pub kind: ChoiceKind,
    pub count: u64,
    pub options: ChoiceOptions,
}

pub(super) struct State {
    pub options: Options,
    pub slots: Vec<Slot>,
    pub queue: RunQueue,
    pub clock: Clock,
    pub now: VirtualTime,
    /// Where the running operation is written.
    pub span: Span,
    pub steps: u64,
    /// Events handed out already; the trace holds those after them.
    pub events_taken: u64,
    /// Fuel burnt in earlier steps.
    pub fuel_burnt: u64,
    pub objects: u32,
    pub question: Option<Question>,
    pub answer: Option<u64>,
    pub ended: Option<Outcome>,
    /// Main has left by `runtime.Goexit`; its end does not end the program.
    pub main_left: bool,
    pub trace: Trace,
    pub schedule: Schedule,
    pub footprint: Vec<Touch>,
    /// Readied in this step; kept when tracking.
    pub readied: Vec<GoroutineId>,
    /// How often the clock has moved.
    pub advances: u64,
    /// What the program has printed, when that is kept.
    pub output: String,
    /// How the program ended, while the others linger.
    pub verdict: Option<Outcome>,
    /// Who ended it, and who would have ended it later.
    pub enders: Vec<GoroutineId>,
    /// Which operations would park now, by object; bits of [`super::Blocked`].
    pub blocked: Vec<u8>,
    pub inspected: Vec<(ObjectId, Weak<dyn Inspect>)>,
}

impl State {
    pub fn new(options: Options) -> State {
        State {
            options,
            slots: Vec::new(),
            queue: RunQueue::default(),
            clock: Clock::default(),
            now: VirtualTime::ZERO,
            span: Span::NONE,
            steps: 0,
            events_taken: 0,
            fuel_burnt: 0,
            objects: 0,
            question: None,
            answer: None,
            ended: None,
            main_left: false,
            trace: Trace::new(),
            schedule: Schedule::new(),
            footprint: Vec::new(),
            readied: Vec::new(),
            advances: 0,
            output: String::new(),
            verdict: None,
            enders: Vec::new(),
            blocked: Vec::new(),
            inspected: Vec::new(),
        }
    }

    /// Back to the beginning, keeping allocations. The goroutines' futures are dropped before.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.queue.clear();
        self.now = VirtualTime::ZERO;
        self.span = Span::NONE;
        self.steps = 0;
        self.events_taken = 0;
        self.fuel_burnt = 0;
        self.objects = 0;
        self.question = None;
        self.answer = None;
        self.ended = None;
        self.main_left = false;
        self.trace.clear();
        self.schedule.clear();
        self.footprint.clear();
        self.readied.clear();
        self.advances = 0;
        self.output.clear();
        self.verdict = None;
        self.enders.clear();
        self.blocked.clear();
        self.inspected.clear();
    }

    /// The slot of a goroutine; ids are handed out by this state, so there is one.
    pub fn slot(&mut self, goroutine: GoroutineId) -> &mut Slot {
        &mut self.slots[goroutine.0 as usize - 1]
    }

    pub fn set_state(&mut self, goroutine: GoroutineId, next: GoroutineState) {
        let slot = self.slot(goroutine);
        debug_assert!(
            slot.state.may_become(next),
            "{goroutine} may not go from {:?} to {next:?}",
            slot.state
        );
        slot.state = next;
    }

    /// Adds an event; only called when recording. Nothing follows the end.
    pub fn record(&mut self, goroutine: GoroutineId, span: Span, kind: EventKind) {
        if self.ended.is_some() {
            return;
        }
        self.trace.push(Event {
            time: self.now,
            goroutine,
            span,
            kind,
        });
        let recorded = self.events_taken + self.trace.len() as u64;
        if recorded >= self.options.limits.events {
            self.finish(Outcome::StepLimit(Exceeded::Events), true);
        }
    }

    /// Ends the run, unless it has ended. The others may linger.
    pub fn end(&mut self, outcome: Outcome, by: GoroutineId, recording: bool) {
        let is_made = matches!(
            outcome,
            Outcome::Completed | Outcome::Exited(_) | Outcome::Panic(_) | Outcome::Fatal(_)
        );
        if is_made && self.options.lingering && self.ended.is_none() {
            self.touch_output();
            self.enders.push(by);
            self.verdict.get_or_insert(outcome);
            return;
        }
        self.finish(outcome, recording);
    }

    /// Whatever is visible from outside the program is in one order. What comes behind the end is
    /// not visible: it only could have come before.
    pub fn touch_output(&mut self) {
        if self.options.tracking {
            let mode = if self.verdict.is_some() {
                Mode::Read
            } else {
                Mode::Write
            };
            self.footprint.push(Touch {
                object: ObjectId::NONE,
                mode,
            });
        }
    }

    /// Ends the run for good, unless it has ended.
    pub fn finish(&mut self, outcome: Outcome, recording: bool) {
        if self.ended.is_some() {
            return;
        }
        if recording {
            let (goroutine, span) = match &outcome {
                Outcome::Panic(fault) | Outcome::Fatal(fault) => (fault.goroutine, fault.span),
                _ => (GoroutineId::NONE, Span::NONE),
            };
            if let Outcome::Panic(fault) | Outcome::Fatal(fault) = &outcome {
                let kind = EventKind::Fault {
                    fault: fault.clone(),
                };
                self.trace.push(Event {
                    time: self.now,
                    goroutine,
                    span,
                    kind,
                });
            }
            let kind = EventKind::End {
                outcome: Box::new(outcome.clone()),
            };
            self.trace.push(Event {
                time: self.now,
                goroutine,
                span,
                kind,
            });
        }
        self.ended = Some(outcome);
    }

    /// Waiting to Runnable.
    pub fn ready(
        &mut self,
        by: GoroutineId,
        goroutine: GoroutineId,
        object: ObjectId,
        next: PendingOperation,
        recording: bool,
    ) {
        self.set_state(goroutine, GoroutineState::Runnable);
        let slot = self.slot(goroutine);
        slot.parked = false;
        slot.pending = next;
        slot.cases = None;
        slot.object = ObjectId::NONE;
        self.queue.push(goroutine);
        if self.options.tracking {
            self.readied.push(goroutine);
        }
        if recording {
            let span = self.span;
            self.record(
                by,
                span,
                EventKind::Ready {
                    goroutine,
                    object,
                    next,
                },
            );
        }
    }

    /// All that wait, in the order of their ids.
    pub fn waiting(&self) -> Vec<Stuck> {
        self.slots
            .iter()
            .enumerate()
            .filter_map(|(i, slot)| match slot.state {
                GoroutineState::Waiting(reason) => Some(Stuck {
                    goroutine: GoroutineId(i as u32 + 1),
                    reason,
                    object: slot.object,
                    span: slot.pending.span,
                }),
                _ => None,
            })
            .collect()
    }

    /// Whether a goroutine waits for a future that is not of `sync/`.
    pub fn waits_for_future(&self, goroutine: GoroutineId) -> bool {
        self.slots
            .get((goroutine.0 as usize).wrapping_sub(1))
            .is_some_and(|slot| slot.state == GoroutineState::Waiting(WaitReason::Future))
    }
}
