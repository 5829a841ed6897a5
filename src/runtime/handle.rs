//! What goroutines and primitives hold of the runtime.

use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Waker};

use super::clock::{Cancelled, Task as TimerTask};
use super::core::{Core, Slot, Task};
use super::{
    Alarm, Choose, GoroutineState, Inspect, Limits, Mode, Never, ObjectSnapshot, Order, Park,
    Point, TimerKey, Touch, waker,
};
use crate::schedule::ChoiceKind;
use crate::trace::{
    ChoiceOptions, EventKind, Exceeded, GoroutineId, ObjectId, ObjectKind, OperationKind, Outcome,
    PendingOperation, SelectCase, Span, Stream, Text, VirtualTime, WaitReason,
};

/// A reference to a runtime; cloning it is cheap. It keeps the state alive, not the goroutines.
#[derive(Clone)]
pub struct Handle {
    pub(super) core: Rc<Core>,
}

/// A goroutine as the runtime sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its state.
    pub state: GoroutineState,
    /// What it stands before when runnable, what it parked in when waiting.
    pub pending: PendingOperation,
    /// What it waits at; none for a select.
    pub object: ObjectId,
    /// The cases of a select it stands before or waits in; only kept when recording.
    pub cases: Option<Rc<[SelectCase]>>,
}

/// Giving up control.
impl Handle {
    /// A scheduling point before an operation.
    pub fn point(&self, operation: PendingOperation) -> Point<'_> {
        Point {
            handle: self,
            operation,
            cases: None,
            yielded: false,
        }
    }

    /// A scheduling point before a select; the cases are only asked for when recording.
    pub fn point_select(&self, span: Span, cases: impl FnOnce() -> Rc<[SelectCase]>) -> Point<'_> {
        let operation = PendingOperation::bare(OperationKind::Select, span);
        let cases = self.is_recording().then(cases);
        Point {
            handle: self,
            operation,
            cases,
            yielded: false,
        }
    }

    /// `runtime.Gosched`: lets others run.
    pub fn gosched(&self, span: Span) -> Point<'_> {
        self.point(PendingOperation::bare(OperationKind::Gosched, span))
    }

    /// Gives up control because the step's fuel is burnt.
    pub fn out_of_fuel(&self, span: Span) -> Point<'_> {
        self.point(PendingOperation::bare(OperationKind::Continue, span))
    }

    /// Parks the goroutine until somebody calls [`Handle::ready`] for it; gives the token said then.
    ///
    /// Await it directly: a goroutine waits for one thing at a time.
    pub fn park(&self, reason: WaitReason, object: ObjectId) -> Park<'_> {
        Park {
            handle: self,
            reason,
            object,
            cases: None,
            parked: false,
        }
    }

    /// Parks the goroutine in a select.
    pub fn park_select(
        &self,
        reason: WaitReason,
        cases: impl FnOnce() -> Rc<[SelectCase]>,
    ) -> Park<'_> {
        let cases = self.is_recording().then(cases);
        Park {
            handle: self,
            reason,
            object: ObjectId::NONE,
            cases,
            parked: false,
        }
    }

    /// Makes a parked goroutine runnable. It will go on behind its operation (`Resume`), or, with
    /// another kind, is shown to stand before that operation again. A goroutine that does not wait
    /// is left alone.
    pub fn ready(&self, goroutine: GoroutineId, object: ObjectId, token: u64, next: OperationKind) {
        let mut state = self.core.state.borrow_mut();
        let slot = state.slot(goroutine);
        if !slot.parked {
            return;
        }
        slot.token = token;
        let waker = slot.waker.take();
        let pending = slot.pending;
        let next = PendingOperation {
            kind: next,
            ..pending
        };
        state.ready(
            self.core.current.get(),
            goroutine,
            object,
            next,
            self.is_recording(),
        );
        drop(state);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    /// Puts a choice with `count` options to the scheduler.
    pub fn choose(&self, kind: ChoiceKind, count: u64) -> Choose<'_> {
        Choose {
            handle: self,
            kind,
            count,
            options: None,
            asked: false,
        }
    }

    /// The same, with words for the options, which are only asked for when recording.
    pub fn choose_among(
        &self,
        kind: ChoiceKind,
        count: u64,
        options: impl FnOnce() -> ChoiceOptions,
    ) -> Choose<'_> {
        let options = (count > 1 && self.is_recording()).then(options);
        Choose {
            handle: self,
            kind,
            count,
            options,
            asked: false,
        }
    }

    /// Ends the run; the future never completes.
    pub fn end(&self, outcome: Outcome) -> Never {
        self.stop(outcome);
        Never
    }

    /// Ends the run behind this step. The goroutine should give up control soon.
    pub fn stop(&self, outcome: Outcome) {
        let by = self.core.current.get();
        self.core
            .state
            .borrow_mut()
            .end(outcome, by, self.is_recording());
    }

    /// Whether the run has ended, so that the goroutine should give up control.
    pub fn is_ended(&self) -> bool {
        let state = self.core.state.borrow();
        state.ended.is_some() || state.enders.contains(&self.core.current.get())
    }

    /// The waker of this poll, unless it is the goroutine's own: then a combinator polls, and
    /// wants to be told.
    pub(super) fn foreign_waker(&self, cx: &Context<'_>) -> Option<Waker> {
        (cx.waker().data() != self.core.own_waker.get()).then(|| cx.waker().clone())
    }
}

/// Goroutines.
impl Handle {
    /// Starts a goroutine: it is runnable. The first is main, and its end ends the program.
    ///
    /// This is not a scheduling point; [`Handle::go`] is.
    pub fn spawn(&self, name: &str, future: impl Future<Output = ()> + 'static) -> GoroutineId {
        let is_first = self.core.state.borrow().slots.is_empty();
        let describe = || (Text::from(name), Text::from(""));
        if !is_first {
            return self.spawn_boxed(Span::NONE, describe, Box::pin(future));
        }
        let handle = self.clone();
        let main = async move {
            future.await;
            // Others may still do something before the program ends.
            handle
                .point(PendingOperation::bare(OperationKind::Exit, Span::NONE))
                .await;
        };
        self.spawn_boxed(Span::NONE, describe, Box::pin(main))
    }

    /// A `go` statement: a scheduling point, then starts a goroutine.
    pub async fn go(&self, name: &str, future: impl Future<Output = ()> + 'static) -> GoroutineId {
        self.point(PendingOperation::bare(OperationKind::Go, Span::NONE))
            .await;
        self.spawn(name, future)
    }

    /// Starts a goroutine whose future does everything itself, the scheduling point before main's
    /// exit included. Its name and arguments are only asked for when recording.
    pub fn spawn_boxed(
        &self,
        span: Span,
        describe: impl FnOnce() -> (Text, Text),
        future: Pin<Box<dyn Future<Output = ()>>>,
    ) -> GoroutineId {
        let mut state = self.core.state.borrow_mut();
        let index = state.slots.len();
        let child = GoroutineId(index as u32 + 1);
        if child.0 > state.options.limits.goroutines {
            let recording = self.is_recording();
            state.finish(Outcome::MemoryLimit(Exceeded::Goroutines), recording);
        }
        state.slots.push(Slot {
            state: GoroutineState::Runnable,
            pending: PendingOperation::bare(OperationKind::Start, span),
            object: ObjectId::NONE,
            cases: None,
            token: 0,
            parked: false,
            waker: None,
            sleep: ObjectId::NONE,
        });
        state.queue.push(child);
        let parent = self.core.current.get();
        if self.is_recording() {
            let (name, arguments) = describe();
            state.record(
                parent,
                span,
                EventKind::Go {
                    child,
                    name,
                    arguments,
                },
            );
        }
        drop(state);
        let mut tasks = self.core.tasks.borrow_mut();
        if tasks.len() <= index {
            tasks.push(Task::default());
        }
        let task = &mut tasks[index];
        if task.waker.is_none() {
            task.waker = Some(waker::waker(child, &self.core.mailbox));
        }
        task.future = Some(future);
        drop(tasks);
        if !parent.is_none() {
            self.order(Order::Tell { to: child });
        }
        child
    }

    /// The running goroutine; [`GoroutineId::NONE`] outside of steps and in the clock's.
    pub fn current(&self) -> GoroutineId {
        self.core.current.get()
    }

    /// How many goroutines have been started.
    pub fn goroutines(&self) -> u32 {
        self.core.state.borrow().slots.len() as u32
    }

    /// How many of them have not ended.
    pub fn alive(&self) -> u32 {
        let state = self.core.state.borrow();
        state
            .slots
            .iter()
            .filter(|slot| slot.state != GoroutineState::Dead)
            .count() as u32
    }

    /// A goroutine's state.
    pub fn goroutine(&self, goroutine: GoroutineId) -> Option<Snapshot> {
        let state = self.core.state.borrow();
        let slot = state.slots.get((goroutine.0 as usize).checked_sub(1)?)?;
        Some(Snapshot {
            state: slot.state,
            pending: slot.pending,
            object: slot.object,
            cases: slot.cases.clone(),
        })
    }

    /// Main leaves by `runtime.Goexit`: when its future ends, the program goes on without it.
    pub fn leave_main(&self) {
        self.core.state.borrow_mut().main_left = true;
    }
}

/// Recording and observing.
impl Handle {
    /// Whether events are recorded.
    pub fn is_recording(&self) -> bool {
        self.core.recording.get()
    }

    /// Whether somebody is told the happens-before order.
    pub fn is_observed(&self) -> bool {
        self.core.observing.get()
    }

    /// Records what the running goroutine does at the place of its operation.
    pub fn record(&self, kind: impl FnOnce() -> EventKind) {
        if self.is_recording() {
            // Built before the state is borrowed: building it may look at the runtime.
            let kind = kind();
            let mut state = self.core.state.borrow_mut();
            let span = state.span;
            state.record(self.core.current.get(), span, kind);
        }
    }

    /// Records what the running goroutine does at another place.
    pub fn record_at(&self, span: Span, kind: impl FnOnce() -> EventKind) {
        if self.is_recording() {
            let kind = kind();
            self.core
                .state
                .borrow_mut()
                .record(self.core.current.get(), span, kind);
        }
    }

    /// Records what the running goroutine does to another: it wrote what a variable there shows.
    pub fn record_for(&self, goroutine: GoroutineId, span: Span, kind: impl FnOnce() -> EventKind) {
        if self.is_recording() {
            let kind = kind();
            self.core.state.borrow_mut().record(goroutine, span, kind);
        }
    }

    /// Records what a parked goroutine comes by: a lock that is handed to it.
    pub fn record_as(&self, goroutine: GoroutineId, kind: impl FnOnce() -> EventKind) {
        if self.is_recording() {
            let kind = kind();
            let mut state = self.core.state.borrow_mut();
            let span = state.slot(goroutine).pending.span;
            state.record(goroutine, span, kind);
        }
    }

    /// Makes an object. Its kind is only asked for when recording.
    pub fn new_object(&self, kind: impl FnOnce() -> ObjectKind) -> ObjectId {
        let mut state = self.core.state.borrow_mut();
        state.objects += 1;
        let object = ObjectId(state.objects);
        drop(state);
        self.record(|| EventKind::Make {
            object,
            kind: kind(),
        });
        object
    }

    /// Gives an object its name.
    pub fn name_object(&self, object: ObjectId, name: impl FnOnce() -> Text) {
        self.record(|| EventKind::Name {
            object,
            name: name(),
        });
    }

    /// Writes to the program's output. [`Handle::print`] is the scheduling point with it.
    pub fn output(&self, stream: Stream, text: impl FnOnce() -> Text) {
        let mut state = self.core.state.borrow_mut();
        state.touch_output();
        let is_kept = state.options.printing && state.verdict.is_none();
        drop(state);
        if is_kept || self.is_recording() {
            let text = text();
            if is_kept {
                self.core.state.borrow_mut().output.push_str(&text);
            }
            self.record(|| EventKind::Output { stream, text });
        }
    }

    /// Prints: a scheduling point, since the order of prints is a result of the program.
    pub async fn print(&self, text: &str) {
        self.point(PendingOperation::bare(OperationKind::Output, Span::NONE))
            .await;
        self.output(Stream::Out, || text.into());
    }

    /// Adds to the step's footprint. [`ObjectId::NONE`] is the program's output.
    pub fn touch(&self, object: ObjectId, mode: Mode) {
        if self.core.tracking.get() {
            self.core
                .state
                .borrow_mut()
                .footprint
                .push(Touch { object, mode });
        }
    }

    /// Tells the observer, if there is one, a step of the happens-before order.
    pub fn order(&self, order: Order) {
        self.order_as(self.core.current.get(), order);
    }

    /// The same for another goroutine: a parked one whose operation this one completes.
    pub fn order_as(&self, goroutine: GoroutineId, order: Order) {
        if self.core.observing.get()
            && let Some(observer) = &*self.core.observer.borrow()
        {
            observer.borrow_mut().order(goroutine, order);
        }
    }

    /// Says which operations on an object would park now ([`super::Blocked`]'s bits); for whoever wants to
    /// know without trying.
    pub fn set_blocked(&self, object: ObjectId, operations: u8) {
        if self.core.tracking.get() {
            let mut state = self.core.state.borrow_mut();
            let index = object.0 as usize;
            if state.blocked.len() <= index {
                state.blocked.resize(index + 1, 0);
            }
            state.blocked[index] = operations;
        }
    }

    /// Lets [`Handle::inspect`] find an object; kept only when recording.
    pub fn register(&self, object: ObjectId, inspect: Weak<dyn Inspect>) {
        if self.is_recording() {
            self.core
                .state
                .borrow_mut()
                .inspected
                .push((object, inspect));
        }
    }

    /// The account that all objects that are still there give of themselves, by id.
    pub fn inspect(&self) -> Vec<(ObjectId, ObjectSnapshot)> {
        let objects = self.core.state.borrow().inspected.clone();
        let mut all: Vec<_> = objects
            .iter()
            .filter_map(|(object, inspect)| Some((*object, inspect.upgrade()?.inspect())))
            .collect();
        all.sort_by_key(|(object, _)| *object);
        all
    }
}

/// Time, fuel and memory.
impl Handle {
    /// The program's time.
    pub fn now(&self) -> VirtualTime {
        self.core.state.borrow().now
    }

    /// Where the running operation is written.
    pub fn span(&self) -> Span {
        self.core.state.borrow().span
    }

    /// Steps taken so far.
    pub fn steps(&self) -> u64 {
        self.core.state.borrow().steps
    }

    /// The limits of the run.
    pub fn limits(&self) -> Limits {
        self.core.state.borrow().options.limits
    }

    /// Parks the goroutine until a time; at once when it is not in the future.
    ///
    /// The scheduling point is the caller's.
    pub async fn sleep_until(&self, deadline: VirtualTime) {
        if deadline > self.now() {
            self.park_until(deadline).await;
        }
    }

    /// Parks the goroutine until nothing else can run at this instant.
    ///
    /// The scheduling point is the caller's.
    pub async fn idle(&self) {
        self.park_until(self.now()).await;
    }

    /// The clock goes on, also to the instant it shows, only when nobody can run.
    async fn park_until(&self, deadline: VirtualTime) {
        let goroutine = self.current();
        let known = self.core.state.borrow_mut().slot(goroutine).sleep;
        let timer = if known.is_none() {
            let timer = self.new_object(|| ObjectKind::Timer {
                channel: ObjectId::NONE,
            });
            self.core.state.borrow_mut().slot(goroutine).sleep = timer;
            timer
        } else {
            known
        };
        let task = TimerTask::Sleep(goroutine);
        self.core
            .state
            .borrow_mut()
            .clock
            .set(deadline, timer, task);
        self.record(|| EventKind::TimerSet {
            timer,
            deadline,
            period: 0,
        });
        self.park(WaitReason::Sleep, timer).await;
    }

    /// Sets a timer of an object; when it is due it waits to be picked, then `alarm` is fired.
    pub fn set_timer(
        &self,
        deadline: VirtualTime,
        object: ObjectId,
        alarm: Rc<dyn Alarm>,
    ) -> TimerKey {
        self.core
            .state
            .borrow_mut()
            .clock
            .set(deadline, object, TimerTask::Fire(alarm))
    }

    /// Stops a timer; false when it has fired or was stopped before.
    pub fn cancel_timer(&self, key: TimerKey) -> bool {
        let mut state = self.core.state.borrow_mut();
        match state.clock.cancel(key) {
            Cancelled::No => false,
            Cancelled::BeforeDue => true,
            Cancelled::Due(option) => state.queue.remove(option),
        }
    }

    /// When a timer will fire, if it is still to.
    pub fn deadline(&self, key: TimerKey) -> Option<VirtualTime> {
        self.core.state.borrow().clock.deadline(key)
    }

    /// Fuel left in this step.
    pub fn fuel(&self) -> u64 {
        self.core.fuel.get()
    }

    /// Says how much fuel is left.
    pub fn set_fuel(&self, left: u64) {
        self.core.fuel.set(left);
    }

    /// Says how many bytes the program uses now. False, and the end of the run behind this step,
    /// when that is more than allowed.
    pub fn set_memory(&self, bytes: u64) -> bool {
        self.core.memory.set(bytes);
        let mut state = self.core.state.borrow_mut();
        let allowed = bytes <= state.options.limits.memory;
        if !allowed {
            state.finish(
                Outcome::MemoryLimit(Exceeded::Memory),
                self.core.recording.get(),
            );
        }
        allowed
    }

    /// What [`Handle::set_memory`] was last told.
    pub fn memory(&self) -> u64 {
        self.core.memory.get()
    }
}
