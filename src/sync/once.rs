//! Doing something exactly once: `sync.Once`.
//!
//! Invariants:
//! - One goroutine is the first; it calls [`Once::finish`] behind the function, also when that
//!   panicked.
//! - The others wait until then. A function that calls `Do` of its own once waits for itself.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::rc::Rc;

use crate::runtime::{Blocked, Handle, Inspect, Mode, ObjectSnapshot, Order};
use crate::trace::{
    EventKind, GoroutineId, ObjectId, ObjectKind, OnceStep, OperationKind, PendingOperation, Queue,
    Span, WaitReason,
};

/// A Go `Once`; clones are the same one.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::Once;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let once = Once::new(&handle);
///         let mut calls = 0;
///         once.call(async { calls += 1 }).await;
///         once.call(async { calls += 1 }).await;
///         assert_eq!(calls, 1);
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
#[derive(Clone)]
pub struct Once {
    inner: Rc<Inner>,
}

struct Inner {
    handle: Handle,
    id: ObjectId,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    step: Step,
    waiters: VecDeque<GoroutineId>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Step {
    #[default]
    Fresh,
    Running(GoroutineId),
    Done,
}

impl Once {
    /// A once that has not been used.
    pub fn new(handle: &Handle) -> Once {
        let id = handle.new_object(|| ObjectKind::Once);
        let state = RefCell::default();
        let inner = Rc::new(Inner {
            handle: handle.clone(),
            id,
            state,
        });
        if handle.is_recording() {
            handle.register(id, Rc::downgrade(&(inner.clone() as Rc<dyn Inspect>)));
        }
        Once { inner }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// Whether the function has returned.
    pub fn is_done(&self) -> bool {
        self.inner.state.borrow().step == Step::Done
    }

    /// `Do`: runs the function, or waits until its one run has ended.
    pub async fn call(&self, function: impl Future<Output = ()>) {
        if self.begin_at(Span::NONE).await {
            function.await;
            self.finish_at(Span::NONE).await;
        }
    }

    /// The first half of `Do`, written at a place. True: the caller is the first, must run the
    /// function and then call [`Once::finish_at`]. False: it has been run.
    pub async fn begin_at(&self, span: Span) -> bool {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::OnceDo, *id, span))
            .await;
        let is_fresh = state.borrow().step == Step::Fresh;
        handle.touch(
            *id,
            if is_fresh {
                Mode::Announce
            } else {
                Mode::RLock
            },
        );
        let goroutine = handle.current();
        let step = state.borrow().step;
        match step {
            Step::Fresh => {
                state.borrow_mut().step = Step::Running(goroutine);
                handle.set_blocked(*id, Blocked::LOCK);
                handle.record(|| EventKind::Once {
                    object: *id,
                    step: OnceStep::Begin,
                });
                return true;
            }
            Step::Running(_) => {
                let (queue, case, value) = (Queue::Wait, None, None);
                handle.record(|| EventKind::Enqueue {
                    object: *id,
                    queue,
                    case,
                    value,
                });
                state.borrow_mut().waiters.push_back(goroutine);
                // Go's Once holds a mutex inside.
                handle.park(WaitReason::MutexLock, *id).await;
            }
            Step::Done => {}
        }
        handle.order(Order::Acquire {
            object: *id,
            slot: 0,
        });
        handle.record(|| EventKind::Once {
            object: *id,
            step: OnceStep::Pass,
        });
        false
    }

    /// The second half of `Do`, written at a place: the function has returned or panicked.
    pub async fn finish_at(&self, span: Span) {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::OnceDone, *id, span))
            .await;
        handle.touch(*id, Mode::Unlock);
        state.borrow_mut().step = Step::Done;
        handle.set_blocked(*id, 0);
        handle.order(Order::Release {
            object: *id,
            slot: 0,
        });
        handle.record(|| EventKind::Once {
            object: *id,
            step: OnceStep::Done,
        });
        let waiters = std::mem::take(&mut state.borrow_mut().waiters);
        for goroutine in waiters {
            let (queue, case) = (Queue::Wait, None);
            handle.record(|| EventKind::Dequeue {
                goroutine,
                object: *id,
                queue,
                case,
            });
            handle.ready(goroutine, *id, 0, OperationKind::Resume);
        }
    }
}

impl Inspect for Inner {
    fn inspect(&self) -> ObjectSnapshot {
        let state = self.state.borrow();
        let holder = match state.step {
            Step::Running(goroutine) => Some(goroutine),
            Step::Fresh | Step::Done => None,
        };
        ObjectSnapshot {
            done: state.step == Step::Done,
            holder,
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
    fn nobody_passes_before_the_first_has_returned() {
        let logs = all_logs(60, |handle, log| async move {
            let once = Once::new(&handle);
            for _ in 0..3 {
                let (once, log, inner) = (once.clone(), log.clone(), handle.clone());
                handle.spawn("caller", async move {
                    let out = log.clone();
                    once.call(async move {
                        out.add("begin");
                        inner.gosched(Span::NONE).await;
                        out.add("end");
                    })
                    .await;
                    log.add("passed");
                });
            }
            handle.sleep_until(crate::trace::VirtualTime(1)).await;
        });
        assert_eq!(logs, ["begin end passed passed passed"]);
    }

    #[test]
    fn a_once_in_itself_waits_for_itself() {
        let (run, _) = run_main(|handle, _| async move {
            let once = Once::new(&handle);
            let again = once.clone();
            once.call(async move { again.call(async {}).await }).await;
        });
        assert_eq!(
            stuck(&run.outcome),
            [(GoroutineId(1), WaitReason::MutexLock)]
        );
    }
}
