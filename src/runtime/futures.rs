//! The futures on which goroutines give up control.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::core::Question;
use super::{GoroutineState, Handle};
use crate::schedule::ChoiceKind;
use crate::trace::{ChoiceOptions, EventKind, ObjectId, PendingOperation, SelectCase, WaitReason};

/// A scheduling point: the goroutine stands before an operation, still runnable, until it is picked.
#[must_use = "a future does nothing unless awaited"]
pub struct Point<'a> {
    pub(super) handle: &'a Handle,
    pub(super) operation: PendingOperation,
    pub(super) cases: Option<Rc<[SelectCase]>>,
    pub(super) yielded: bool,
}

impl Future for Point<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let core = &self.handle.core;
        let goroutine = core.current.get();
        let mut state = core.state.borrow_mut();
        if self.yielded {
            // Polled when picked, or by a combinator that polls more than it needs to.
            return match state.slot(goroutine).state {
                GoroutineState::Running => Poll::Ready(()),
                _ => Poll::Pending,
            };
        }
        let operation = self.operation;
        state.set_state(goroutine, GoroutineState::Runnable);
        state.slot(goroutine).pending = operation;
        state.queue.push(goroutine);
        if core.recording.get() {
            let cases = self.cases.clone();
            state.slot(goroutine).cases = cases.clone();
            state.record(
                goroutine,
                operation.span,
                EventKind::Yield {
                    next: operation,
                    cases,
                },
            );
        }
        drop(state);
        self.yielded = true;
        Poll::Pending
    }
}

/// Parks the goroutine until [`Handle::ready`]; gives the token said there.
#[must_use = "a future does nothing unless awaited"]
pub struct Park<'a> {
    pub(super) handle: &'a Handle,
    pub(super) reason: WaitReason,
    pub(super) object: ObjectId,
    pub(super) cases: Option<Rc<[SelectCase]>>,
    pub(super) parked: bool,
}

impl Future for Park<'_> {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u64> {
        let core = &self.handle.core;
        let goroutine = core.current.get();
        let mut state = core.state.borrow_mut();
        if self.parked {
            let slot = state.slot(goroutine);
            if slot.parked || slot.state != GoroutineState::Running {
                return Poll::Pending;
            }
            return Poll::Ready(slot.token);
        }
        let (reason, object) = (self.reason, self.object);
        state.set_state(goroutine, GoroutineState::Waiting(reason));
        let recording = core.recording.get();
        let cases = if recording { self.cases.clone() } else { None };
        let slot = state.slot(goroutine);
        slot.parked = true;
        slot.object = object;
        slot.cases.clone_from(&cases);
        slot.waker = self.handle.foreign_waker(cx);
        if recording {
            let span = state.span;
            state.record(
                goroutine,
                span,
                EventKind::Park {
                    reason,
                    object,
                    cases,
                },
            );
        }
        drop(state);
        self.parked = true;
        Poll::Pending
    }
}

/// A choice within a step; gives the option picked. Fewer than two options are no choice.
#[must_use = "a future does nothing unless awaited"]
pub struct Choose<'a> {
    pub(super) handle: &'a Handle,
    pub(super) kind: ChoiceKind,
    pub(super) count: u64,
    pub(super) options: Option<ChoiceOptions>,
    pub(super) asked: bool,
}

impl Future for Choose<'_> {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        if self.count < 2 {
            return Poll::Ready(0);
        }
        let mut state = self.handle.core.state.borrow_mut();
        if self.asked {
            return match state.answer.take() {
                Some(answer) => Poll::Ready(answer),
                None => Poll::Pending,
            };
        }
        let (kind, count) = (self.kind, self.count);
        let options = match &self.options {
            Some(options) => options.clone(),
            None => ChoiceOptions::Count(count),
        };
        state.question = Some(Question {
            kind,
            count,
            options,
        });
        drop(state);
        self.asked = true;
        Poll::Pending
    }
}

/// Never ready: the run has ended, or the goroutine is not to go on.
#[must_use = "a future does nothing unless awaited"]
pub struct Never;

impl Future for Never {
    type Output = std::convert::Infallible;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Pending
    }
}
