//! The step loop.

use std::cell::{Cell, Ref, RefCell};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::clock::{Due, Task as TimerTask};
use super::core::{Core, State};
use super::waker::Mailbox;
use super::{Blocked, GoroutineState, Handle, Observer, Options, Touch};
use crate::schedule::{Choice, ChoiceKind, Pick, Schedule, Scheduler};
use crate::trace::{
    ChoiceOptions, EventKind, Exceeded, GoroutineId, ObjectId, OperationKind, Outcome,
    PendingOperation, Span, Stuck, Trace, VirtualTime, WaitReason,
};

/// Something that can be run.
pub trait Program {
    /// Starts goroutine 1 on a runtime in which nothing has happened.
    fn start(&self, runtime: &Runtime);
}

impl<F: Fn(&Runtime)> Program for F {
    fn start(&self, runtime: &Runtime) {
        self(runtime);
    }
}

/// One execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The decisions.
    pub schedule: Schedule,
    /// The events.
    pub trace: Trace,
    /// How it ended.
    pub outcome: Outcome,
}

/// Runs a program to its end. A scheduler that pauses stops it: the outcome is `Stopped`.
pub fn run(program: &dyn Program, scheduler: &mut dyn Scheduler, options: Options) -> Run {
    let mut runtime = Runtime::new(options);
    program.start(&runtime);
    let outcome = match runtime.run(scheduler) {
        Progress::Ended(outcome) => outcome,
        Progress::Running | Progress::Paused(_) => {
            runtime.stop();
            Outcome::Stopped
        }
    };
    let schedule = runtime.schedule().clone();
    Run {
        schedule,
        trace: runtime.take_trace(),
        outcome,
    }
}

/// How far a run has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// There is more to do.
    Running,
    /// The scheduler paused before a choice. Running again puts it again.
    Paused(OpenChoice),
    /// The run has ended.
    Ended(Outcome),
}

/// A choice that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenChoice {
    /// What is chosen.
    pub kind: ChoiceKind,
    /// On whose behalf; nobody's for the next goroutine.
    pub goroutine: GoroutineId,
    /// How many options there are.
    pub count: u64,
    /// The options when the next goroutine is chosen, in the order of their numbers.
    pub candidates: Vec<Candidate>,
    /// The options of another choice.
    pub options: ChoiceOptions,
}

/// A goroutine, or a timer that is due, that could go next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which; see [`GoroutineId::is_timer`].
    pub goroutine: GoroutineId,
    /// What it would do.
    pub operation: PendingOperation,
}

/// What the goroutines left by main did when they were let run on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// Parked for ever.
    pub stuck: Vec<Stuck>,
    /// Still going when the bound was reached.
    pub running: Vec<GoroutineId>,
    /// Ended with this fault, which Go would not have reached.
    pub fault: Option<Outcome>,
}

/// What comes next.
enum Next {
    /// Something can be picked.
    Pick,
    /// Nothing can; the run has ended.
    Ended,
}

/// Owns goroutines and runs them; see the module's documentation.
///
/// It is a [`Handle`], too. Dropping it drops the goroutines where they stand.
pub struct Runtime {
    handle: Handle,
}

impl Deref for Runtime {
    type Target = Handle;

    fn deref(&self) -> &Handle {
        &self.handle
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.drop_goroutines();
    }
}

impl Default for Runtime {
    fn default() -> Runtime {
        Runtime::new(Options::default())
    }
}

impl Runtime {
    /// A runtime in which nothing has happened.
    pub fn new(options: Options) -> Runtime {
        let core = Core {
            state: RefCell::new(State::new(options)),
            tasks: RefCell::default(),
            mailbox: Arc::new(Mailbox::default()),
            recording: Cell::new(options.recording),
            tracking: Cell::new(options.tracking),
            observing: Cell::new(false),
            observer: RefCell::new(None),
            fuel: Cell::new(options.limits.fuel_per_step),
            memory: Cell::new(0),
            current: Cell::new(GoroutineId::NONE),
            own_waker: Cell::new(std::ptr::null()),
        };
        Runtime {
            handle: Handle {
                core: Rc::new(core),
            },
        }
    }

    /// A handle for goroutines and primitives.
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Tells an observer the happens-before order from now on, or nobody.
    pub fn set_observer(&mut self, observer: Option<Rc<RefCell<dyn Observer>>>) {
        self.core.observing.set(observer.is_some());
        *self.core.observer.borrow_mut() = observer;
    }

    /// Back to the beginning, as if new, keeping allocations. Handles and objects of the earlier
    /// run must not be used any more.
    pub fn reset(&mut self) {
        self.drop_goroutines();
        let timers = self.core.state.borrow_mut().clock.clear();
        drop(timers);
        self.core.state.borrow_mut().clear();
        // Wakers that rang for goroutines of the earlier run are not heard in the next.
        self.core.mailbox.take();
        self.core.memory.set(0);
        self.core.current.set(GoroutineId::NONE);
    }

    fn drop_goroutines(&mut self) {
        let count = self.core.tasks.borrow().len();
        for index in 0..count {
            // Taken out first: dropping a future may use the runtime.
            let future = self.core.tasks.borrow_mut()[index].future.take();
            drop(future);
        }
    }
}

/// Running.
impl Runtime {
    /// Runs until the scheduler pauses or the run ends.
    pub fn run(&mut self, scheduler: &mut dyn Scheduler) -> Progress {
        self.run_for(scheduler, u64::MAX)
    }

    /// Runs for at most so many steps.
    pub fn run_for(&mut self, scheduler: &mut dyn Scheduler, steps: u64) -> Progress {
        for _ in 0..steps {
            match self.step(scheduler) {
                Progress::Running => {}
                other => return other,
            }
        }
        Progress::Running
    }

    /// Runs one step. The run may end with it; the next call says so.
    pub fn step(&mut self, scheduler: &mut dyn Scheduler) -> Progress {
        if self.core.state.borrow().question.is_none() {
            match self.prepare() {
                Next::Ended => return self.ended(),
                Next::Pick => {}
            }
            match self.pick_next(scheduler) {
                Some(option) => self.begin(option),
                None => return Progress::Paused(self.open_choice()),
            }
        }
        loop {
            if self.core.state.borrow().question.is_some() && !self.answer(scheduler) {
                return Progress::Paused(self.open_choice());
            }
            if !self.poll_current() {
                break;
            }
        }
        Progress::Running
    }

    /// Stops the run where it stands; it has then ended.
    pub fn stop(&mut self) {
        let recording = self.core.recording.get();
        self.core
            .state
            .borrow_mut()
            .finish(Outcome::Stopped, recording);
    }

    /// How the run ended, if it has.
    pub fn outcome(&self) -> Option<Outcome> {
        self.core.state.borrow().ended.clone()
    }

    /// When main has returned: lets the other goroutines run on, unrecorded, for at most so many
    /// steps, and says which never end. The outcome stays.
    pub fn run_tail(&mut self, scheduler: &mut dyn Scheduler, steps: u64) -> Tail {
        if self.core.state.borrow().ended != Some(Outcome::Completed) {
            return Tail::default();
        }
        let (recording, options) = {
            let mut state = self.core.state.borrow_mut();
            let options = state.options;
            state.ended = None;
            state.verdict = None;
            state.options = Options {
                recording: false,
                scheduling: false,
                printing: false,
                lingering: false,
                ..options
            };
            (self.core.recording.replace(false), options)
        };
        let progress = self.run_for(scheduler, steps);
        let mut state = self.core.state.borrow_mut();
        let mut tail = Tail {
            stuck: state.waiting(),
            ..Tail::default()
        };
        match progress {
            Progress::Ended(fault @ (Outcome::Panic(_) | Outcome::Fatal(_))) => {
                tail.fault = Some(fault);
            }
            // Who waits may still go on when the others do.
            Progress::Running | Progress::Paused(_) => {
                tail.running = state
                    .queue
                    .ids()
                    .iter()
                    .copied()
                    .filter(|goroutine| !goroutine.is_timer())
                    .collect();
            }
            Progress::Ended(_) => {}
        }
        state.ended = Some(Outcome::Completed);
        state.options = options;
        self.core.recording.set(recording);
        tail
    }

    fn ended(&self) -> Progress {
        match &self.core.state.borrow().ended {
            Some(outcome) => Progress::Ended(outcome.clone()),
            None => Progress::Running,
        }
    }

    /// Puts a choice within a step to the scheduler; false when it pauses.
    fn answer(&mut self, scheduler: &mut dyn Scheduler) -> bool {
        let state = self.core.state.borrow();
        let Some(question) = &state.question else {
            return true;
        };
        let choice = Choice {
            kind: question.kind,
            goroutine: self.core.current.get(),
            count: question.count,
            runnable: &[],
            // The step it belongs to has been counted.
            step: state.steps.saturating_sub(1),
        };
        let Pick::Option(pick) = scheduler.choose(&choice) else {
            return false;
        };
        drop(state);
        self.answer_with(pick);
        true
    }

    /// The scheduler's pick among the runnable; `None` when it pauses.
    fn pick_next(&mut self, scheduler: &mut dyn Scheduler) -> Option<usize> {
        let state = self.core.state.borrow();
        let runnable = state.queue.ids();
        if runnable.len() == 1 {
            return Some(0);
        }
        let choice = Choice {
            kind: ChoiceKind::Goroutine,
            goroutine: GoroutineId::NONE,
            count: runnable.len() as u64,
            runnable,
            step: state.steps,
        };
        match scheduler.choose(&choice) {
            Pick::Option(pick) => Some(pick.min(choice.count - 1) as usize),
            Pick::Pause => None,
        }
    }

    /// The choice before which the run stands.
    fn open_choice(&self) -> OpenChoice {
        let state = self.core.state.borrow();
        if let Some(question) = &state.question {
            return OpenChoice {
                kind: question.kind,
                goroutine: self.core.current.get(),
                count: question.count,
                candidates: Vec::new(),
                options: question.options.clone(),
            };
        }
        drop(state);
        let candidates = self.candidates();
        OpenChoice {
            kind: ChoiceKind::Goroutine,
            goroutine: GoroutineId::NONE,
            count: candidates.len() as u64,
            options: ChoiceOptions::Count(candidates.len() as u64),
            candidates,
        }
    }

    /// All that could go next, in the order of their numbers; one or none is no choice.
    pub fn candidates(&self) -> Vec<Candidate> {
        let state = self.core.state.borrow();
        let ids = state.queue.ids();
        ids.iter()
            .map(|&id| Candidate {
                goroutine: id,
                operation: operation(&state, id),
            })
            .collect()
    }
}

/// The parts of a step, for whoever makes the decisions without a [`Scheduler`].
impl Runtime {
    /// Moves the clock if nothing is runnable. False: the run has ended.
    pub fn prepare_step(&mut self) -> bool {
        matches!(self.prepare(), Next::Pick)
    }

    /// Calls `look` with all that can be picked now, and for each whether it would park.
    pub fn with_runnable(&self, mut look: impl FnMut(GoroutineId, bool)) {
        let state = self.core.state.borrow();
        for &id in state.queue.ids() {
            look(id, would_park(&state, id));
        }
    }

    /// Where an option stands among those that can be picked now, and how many there are.
    pub fn option_of(&self, goroutine: GoroutineId) -> Option<(usize, usize)> {
        let state = self.core.state.borrow();
        let ids = state.queue.ids();
        Some((ids.iter().position(|&id| id == goroutine)?, ids.len()))
    }

    /// Calls `look` with each goroutine that the last step readied. Kept only when tracking.
    pub fn with_readied(&self, mut look: impl FnMut(GoroutineId)) {
        self.core
            .state
            .borrow()
            .readied
            .iter()
            .for_each(|&id| look(id));
    }

    /// How often the clock has moved.
    pub fn advances(&self) -> u64 {
        self.core.state.borrow().advances
    }

    /// How the program ended, while others linger.
    pub fn verdict(&self) -> Option<Outcome> {
        self.core.state.borrow().verdict.clone()
    }

    /// Whether the program has ended and others linger.
    pub fn is_lingering(&self) -> bool {
        self.core.state.borrow().verdict.is_some()
    }

    /// Ends the lingering.
    pub fn settle(&mut self) {
        let mut state = self.core.state.borrow_mut();
        if let Some(verdict) = state.verdict.clone() {
            state.finish(verdict, false);
        }
    }

    /// Calls `look` with what the program has printed. Kept only when printing.
    pub fn with_output<R>(&self, look: impl FnOnce(&str) -> R) -> R {
        look(&self.core.state.borrow().output)
    }

    /// What one that can be picked would do.
    pub fn pending(&self, goroutine: GoroutineId) -> PendingOperation {
        operation(&self.core.state.borrow(), goroutine)
    }

    /// Runs one step of the option of this number, up to its end or a choice within it. True: there
    /// is a choice, to be made by [`Runtime::answer_step`].
    pub fn run_step(&mut self, option: usize) -> bool {
        self.begin(option);
        self.poll_current()
    }

    /// How many options the choice within the step has.
    pub fn question(&self) -> Option<(ChoiceKind, u64)> {
        self.core
            .state
            .borrow()
            .question
            .as_ref()
            .map(|question| (question.kind, question.count))
    }

    /// Answers the choice within the step and runs on; true when there is another.
    pub fn answer_step(&mut self, pick: u64) -> bool {
        self.answer_with(pick);
        self.poll_current()
    }

    /// Calls `look` with the footprint of the last step. Kept only when tracking.
    pub fn with_footprint<R>(&self, look: impl FnOnce(&[Touch]) -> R) -> R {
        look(&self.core.state.borrow().footprint)
    }

    /// Sees to it that something can be picked, or that the run ends.
    fn prepare(&mut self) -> Next {
        let mut state = self.core.state.borrow_mut();
        loop {
            if state.ended.is_some() {
                return Next::Ended;
            }
            if !state.queue.is_empty() {
                break;
            }
            if let Some(verdict) = state.verdict.clone() {
                state.finish(verdict, false);
                continue;
            }
            if advance(&mut state, &self.core) {
                continue;
            }
            drop(state);
            // The host may have woken somebody since the last step.
            let woken = self.collect_woken();
            state = self.core.state.borrow_mut();
            if !woken {
                let stuck = state.waiting().into_boxed_slice();
                state.finish(Outcome::Deadlock(stuck), self.core.recording.get());
            }
        }
        let limits = state.options.limits;
        if state.steps >= limits.steps {
            state.finish(
                Outcome::StepLimit(Exceeded::Steps),
                self.core.recording.get(),
            );
            return Next::Ended;
        }
        if state.fuel_burnt >= limits.fuel {
            state.finish(
                Outcome::StepLimit(Exceeded::Fuel),
                self.core.recording.get(),
            );
            return Next::Ended;
        }
        Next::Pick
    }

    /// Begins the step of an option: Runnable to Running.
    fn begin(&mut self, option: usize) {
        let core = &self.handle.core;
        let mut state = core.state.borrow_mut();
        let count = state.queue.ids().len() as u64;
        if count > 1 && state.options.scheduling {
            let kind = ChoiceKind::Goroutine;
            let pick = option as u64;
            state
                .schedule
                .push(crate::schedule::Decision { kind, count, pick });
        }
        let id = state.queue.take(option);
        state.steps += 1;
        state.footprint.clear();
        state.readied.clear();
        if let Some(slot) = id.timer_slot() {
            core.current.set(GoroutineId::NONE);
            state.span = Span::NONE;
            let task = state.clock.take_task(slot);
            drop(state);
            if let Some(TimerTask::Fire(alarm)) = task {
                alarm.fire(&self.handle);
            }
            return;
        }
        core.current.set(id);
        state.set_state(id, GoroutineState::Running);
        let span = state.slot(id).pending.span;
        state.span = span;
        if core.recording.get() {
            state.record(id, span, EventKind::Step);
        }
        core.fuel.set(state.options.limits.fuel_per_step);
    }

    fn answer_with(&mut self, pick: u64) {
        let mut state = self.core.state.borrow_mut();
        let Some(question) = state.question.take() else {
            return;
        };
        let pick = pick.min(question.count - 1);
        if state.options.scheduling {
            let (kind, count) = (question.kind, question.count);
            state
                .schedule
                .push(crate::schedule::Decision { kind, count, pick });
        }
        if self.core.recording.get() {
            let span = state.span;
            let (kind, options) = (question.kind, question.options);
            let event = EventKind::Choose {
                kind,
                options,
                picked: pick,
            };
            state.record(self.core.current.get(), span, event);
        }
        state.answer = Some(pick);
    }

    /// Polls the running goroutine. True: it stands before a choice within its step.
    fn poll_current(&mut self) -> bool {
        let core = &self.handle.core;
        let goroutine = core.current.get();
        if goroutine.is_none() {
            return false;
        }
        let index = goroutine.0 as usize - 1;
        let taken = {
            let task = &mut core.tasks.borrow_mut()[index];
            task.future.take().zip(task.waker.take())
        };
        let Some((mut future, waker)) = taken else {
            // A goroutine whose future panicked through an earlier call is not polled again.
            self.finish(goroutine);
            return false;
        };
        core.own_waker.set(waker.data());
        let poll = future.as_mut().poll(&mut Context::from_waker(&waker));
        let asked = match poll {
            Poll::Ready(()) => {
                drop(future);
                core.tasks.borrow_mut()[index].waker = Some(waker);
                self.finish(goroutine);
                false
            }
            Poll::Pending => {
                let task = &mut core.tasks.borrow_mut()[index];
                task.future = Some(future);
                task.waker = Some(waker);
                let state = core.state.borrow();
                state.question.is_some() && state.ended.is_none()
            }
        };
        if !asked {
            self.close_step(goroutine);
        }
        asked
    }

    /// The goroutine ended: Running to Dead.
    fn finish(&self, goroutine: GoroutineId) {
        let core = &self.handle.core;
        let mut state = core.state.borrow_mut();
        state.set_state(goroutine, GoroutineState::Dead);
        if core.recording.get() {
            let span = state.span;
            state.record(goroutine, span, EventKind::Exit);
        }
        if goroutine == GoroutineId::MAIN && !state.main_left {
            state.end(Outcome::Completed, goroutine, core.recording.get());
        }
    }

    /// Settles what a step leaves behind it.
    fn close_step(&mut self, goroutine: GoroutineId) {
        let core = &self.handle.core;
        let mut state = core.state.borrow_mut();
        state.question = None;
        let burnt = state
            .options
            .limits
            .fuel_per_step
            .saturating_sub(core.fuel.get());
        state.fuel_burnt += burnt;
        if state.slot(goroutine).state == GoroutineState::Running && state.ended.is_none() {
            // It waits for a future that is not of `sync/`, which has its waker.
            let reason = WaitReason::Future;
            state.set_state(goroutine, GoroutineState::Waiting(reason));
            if core.recording.get() {
                let span = state.span;
                let kind = EventKind::Park {
                    reason,
                    object: ObjectId::NONE,
                    cases: None,
                };
                state.record(goroutine, span, kind);
            }
        }
        drop(state);
        self.collect_woken();
        self.handle.core.current.set(GoroutineId::NONE);
    }

    /// Readies the goroutines whose wakers rang; true when there is one.
    fn collect_woken(&self) -> bool {
        let core = &self.handle.core;
        let Some(rung) = core.mailbox.take() else {
            return false;
        };
        let mut state = core.state.borrow_mut();
        let mut any = false;
        for goroutine in rung {
            if state.waits_for_future(goroutine) {
                let span = state.slot(goroutine).pending.span;
                let next = PendingOperation::bare(OperationKind::Resume, span);
                let by = core.current.get();
                state.ready(by, goroutine, ObjectId::NONE, next, core.recording.get());
                any = true;
            }
        }
        any
    }
}

/// What has come of it.
impl Runtime {
    /// The events since the start, or since [`Runtime::take_trace`].
    pub fn trace(&self) -> Ref<'_, Trace> {
        Ref::map(self.core.state.borrow(), |state| &state.trace)
    }

    /// Hands out the events since the start, or since the last call.
    pub fn take_trace(&mut self) -> Trace {
        let mut state = self.core.state.borrow_mut();
        state.events_taken += state.trace.len() as u64;
        std::mem::take(&mut state.trace)
    }

    /// The decisions made so far.
    pub fn schedule(&self) -> Ref<'_, Schedule> {
        Ref::map(self.core.state.borrow(), |state| &state.schedule)
    }

    /// Switches recording on or off; meant for before the start.
    pub fn set_recording(&mut self, recording: bool) {
        self.core.recording.set(recording);
        self.core.state.borrow_mut().options.recording = recording;
    }
}

/// Moves the clock to the next deadline and readies what is due; false when there is none.
fn advance(state: &mut State, core: &Core) -> bool {
    let Some(deadline) = state.clock.next_deadline() else {
        return false;
    };
    let recording = core.recording.get();
    let from = state.now;
    state.advances += 1;
    if deadline > from {
        state.now = deadline;
        if recording {
            state.record(GoroutineId::NONE, Span::NONE, EventKind::Advance { from });
        }
    }
    state.span = Span::NONE;
    while let Some(due) = state.clock.take_due(deadline) {
        match due {
            Due::Timer(option) => state.queue.push(option),
            Due::Sleep { goroutine, timer } => {
                if recording {
                    let kind = EventKind::TimerFire { timer, next: None };
                    state.record(GoroutineId::NONE, Span::NONE, kind);
                }
                let span = state.slot(goroutine).pending.span;
                let next = PendingOperation::bare(OperationKind::Resume, span);
                let waker: Option<Waker> = state.slot(goroutine).waker.take();
                state.ready(GoroutineId::NONE, goroutine, timer, next, recording);
                if let Some(waker) = waker {
                    waker.wake();
                }
            }
        }
    }
    true
}

/// Whether what an option stands before would park it: a lock that is taken. Known only when
/// tracking.
fn would_park(state: &State, id: GoroutineId) -> bool {
    let pending = operation(state, id);
    let bit = Blocked::bit(pending.kind);
    bit != 0
        && state
            .blocked
            .get(pending.object.0 as usize)
            .is_some_and(|bits| bits & bit != 0)
}

fn operation(state: &State, id: GoroutineId) -> PendingOperation {
    match id.timer_slot() {
        Some(slot) => {
            let object = state.clock.object(slot);
            PendingOperation::new(OperationKind::TimerFire, object, Span::NONE)
        }
        None => state
            .slots
            .get(id.0 as usize - 1)
            .map(|slot| slot.pending)
            .unwrap_or_default(),
    }
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = self.core.state.borrow();
        f.debug_struct("Runtime")
            .field("steps", &state.steps)
            .field("now", &VirtualTime(state.now.0))
            .field("outcome", &state.ended)
            .finish_non_exhaustive()
    }
}
