//! Waiting for a count to come to zero: `sync.WaitGroup`.
//!
//! Invariants:
//! - The count is never negative; while it is zero nobody waits.
//! - When it comes to zero all waiters are readied; one that then finds the count raised again
//!   before it has gone on has been overtaken by a reuse, which is a panic in Go.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use crate::runtime::{Handle, Inspect, Mode, ObjectSnapshot, Order};
use crate::trace::{
    EventKind, GoroutineId, ObjectId, ObjectKind, OperationKind, PendingOperation, Queue, Span,
    WaitReason,
};

/// A Go wait group; clones are the same one.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::WaitGroup;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let group = WaitGroup::new(&handle);
///         group.add(1).await.unwrap();
///         let done = group.clone();
///         handle.go("worker", async move { done.done().await.unwrap() }).await;
///         group.wait().await.unwrap();
///         assert_eq!(
///             group.done().await.unwrap_err().to_string(),
///             "sync: negative WaitGroup counter",
///         );
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
#[derive(Clone)]
pub struct WaitGroup {
    inner: Rc<Inner>,
}

struct Inner {
    handle: Handle,
    id: ObjectId,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    count: i64,
    waiters: VecDeque<GoroutineId>,
}

/// A misuse that panics in Go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitGroupError {
    /// More was taken off than had been added.
    Negative,
    /// The count was raised again before a waiter had gone on.
    Reused,
}

impl fmt::Display for WaitGroupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WaitGroupError::Negative => "sync: negative WaitGroup counter",
            WaitGroupError::Reused => "sync: WaitGroup is reused before previous Wait has returned",
        })
    }
}

impl std::error::Error for WaitGroupError {}

impl WaitGroup {
    /// A wait group whose count is zero.
    pub fn new(handle: &Handle) -> WaitGroup {
        WaitGroup::with_count(handle, 0)
    }

    /// What a copy of the struct would be: a wait group of its own with the same count, without
    /// waiters.
    #[must_use]
    pub fn copy(&self) -> WaitGroup {
        WaitGroup::with_count(&self.inner.handle, self.count())
    }

    fn with_count(handle: &Handle, count: i64) -> WaitGroup {
        let id = handle.new_object(|| ObjectKind::WaitGroup);
        let state = RefCell::new(State {
            count,
            ..State::default()
        });
        let inner = Rc::new(Inner {
            handle: handle.clone(),
            id,
            state,
        });
        if handle.is_recording() {
            handle.register(id, Rc::downgrade(&(inner.clone() as Rc<dyn Inspect>)));
        }
        if count != 0 {
            handle.record(|| EventKind::WaitGroup {
                object: id,
                delta: count,
                count,
            });
        }
        WaitGroup { inner }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// The count.
    pub fn count(&self) -> i64 {
        self.inner.state.borrow().count
    }

    /// Adds to the count, or takes off it.
    ///
    /// # Errors
    ///
    /// The count became negative.
    pub async fn add(&self, delta: i64) -> Result<(), WaitGroupError> {
        self.add_at(Span::NONE, delta).await
    }

    /// [`WaitGroup::add`], written at a place.
    ///
    /// # Errors
    ///
    /// The count became negative.
    pub async fn add_at(&self, span: Span, delta: i64) -> Result<(), WaitGroupError> {
        self.inner
            .change(span, OperationKind::WaitGroupAdd, delta)
            .await
    }

    /// Takes one off the count.
    ///
    /// # Errors
    ///
    /// The count became negative.
    pub async fn done(&self) -> Result<(), WaitGroupError> {
        self.done_at(Span::NONE).await
    }

    /// [`WaitGroup::done`], written at a place.
    ///
    /// # Errors
    ///
    /// The count became negative.
    pub async fn done_at(&self, span: Span) -> Result<(), WaitGroupError> {
        self.inner
            .change(span, OperationKind::WaitGroupDone, -1)
            .await
    }

    /// Waits until the count is zero.
    ///
    /// # Errors
    ///
    /// The group was used again before this wait had ended.
    pub async fn wait(&self) -> Result<(), WaitGroupError> {
        self.wait_at(Span::NONE).await
    }

    /// [`WaitGroup::wait`], written at a place.
    ///
    /// # Errors
    ///
    /// The group was used again before this wait had ended.
    pub async fn wait_at(&self, span: Span) -> Result<(), WaitGroupError> {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(
                OperationKind::WaitGroupWait,
                *id,
                span,
            ))
            .await;
        let parks = state.borrow().count > 0;
        handle.touch(*id, if parks { Mode::WaitParked } else { Mode::Wait });
        if parks {
            let (queue, case, value) = (Queue::Wait, None, None);
            handle.record(|| EventKind::Enqueue {
                object: *id,
                queue,
                case,
                value,
            });
            state.borrow_mut().waiters.push_back(handle.current());
            handle.park(WaitReason::WaitGroupWait, *id).await;
            handle.touch(*id, Mode::WaitResumed);
            let state = state.borrow();
            if state.count != 0 || !state.waiters.is_empty() {
                return Err(WaitGroupError::Reused);
            }
        }
        handle.order(Order::Acquire {
            object: *id,
            slot: 0,
        });
        handle.record(|| EventKind::Waited { object: *id });
        Ok(())
    }
}

impl Inner {
    async fn change(
        &self,
        span: Span,
        kind: OperationKind,
        delta: i64,
    ) -> Result<(), WaitGroupError> {
        let (handle, object) = (&self.handle, self.id);
        handle
            .point(PendingOperation::new(kind, object, span))
            .await;
        if delta < 0 {
            handle.order(Order::Release { object, slot: 0 });
        }
        let (before, count, is_waited) = {
            let mut state = self.state.borrow_mut();
            let before = state.count;
            state.count = before.saturating_add(delta);
            (before, state.count, !state.waiters.is_empty())
        };
        let mode = match (delta < 0, before, count) {
            (true, _, ..0) => Mode::DoneBelowZero,
            (true, _, 0) => Mode::DoneToZero,
            (true, ..) => Mode::Done,
            (false, 0, _) => Mode::AddToZero,
            (false, ..) if is_waited => Mode::AddWaited,
            (false, ..) => Mode::Add,
        };
        handle.touch(object, mode);
        handle.record(|| EventKind::WaitGroup {
            object,
            delta,
            count,
        });
        if count < 0 {
            return Err(WaitGroupError::Negative);
        }
        if count == 0 {
            let waiters = std::mem::take(&mut self.state.borrow_mut().waiters);
            for goroutine in waiters {
                let (queue, case) = (Queue::Wait, None);
                handle.record(|| EventKind::Dequeue {
                    goroutine,
                    object,
                    queue,
                    case,
                });
                handle.ready(goroutine, object, 0, OperationKind::Resume);
            }
        }
        Ok(())
    }
}

impl Inspect for Inner {
    fn inspect(&self) -> ObjectSnapshot {
        let state = self.state.borrow();
        ObjectSnapshot {
            count: state.count,
            receivers: state.waiters.iter().copied().collect(),
            ..ObjectSnapshot::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_logs, run_main, stuck};
    use super::*;

    #[test]
    fn everyone_waits_for_zero() {
        let logs = all_logs(40, |handle, log| async move {
            let group = WaitGroup::new(&handle);
            group.add(2).await.unwrap();
            for _ in 0..2 {
                let (group, log) = (group.clone(), log.clone());
                handle.spawn("worker", async move {
                    log.add("done");
                    group.done().await.unwrap();
                });
            }
            let (other, out) = (group.clone(), log.clone());
            handle.spawn("waiter", async move {
                other.wait().await.unwrap();
                out.add("waited");
            });
            group.wait().await.unwrap();
            log.add("waited");
            handle.sleep_until(crate::trace::VirtualTime(1)).await;
        });
        assert_eq!(logs, ["done done waited waited"]);
    }

    #[test]
    fn reuse_before_a_waiter_went_on_is_an_error_of_the_waiter() {
        let logs = all_logs(60, |handle, log| async move {
            let group = WaitGroup::new(&handle);
            group.add(1).await.unwrap();
            let again = group.clone();
            handle.spawn("worker", async move {
                again.done().await.unwrap();
                again.add(1).await.unwrap();
                again.done().await.unwrap();
            });
            log.add(match group.wait().await {
                Ok(()) => "fine".to_owned(),
                Err(error) => error.to_string(),
            });
        });
        assert_eq!(
            logs,
            [
                "fine",
                "sync: WaitGroup is reused before previous Wait has returned"
            ]
        );
    }

    #[test]
    fn a_forgotten_done_is_a_deadlock() {
        let (run, _) = run_main(|handle, _| async move {
            let group = WaitGroup::new(&handle);
            group.add(1).await.unwrap();
            assert_eq!(group.copy().count(), 1);
            group.wait().await.unwrap();
        });
        assert_eq!(
            stuck(&run.outcome),
            [(GoroutineId(1), WaitReason::WaitGroupWait)]
        );
    }
}
