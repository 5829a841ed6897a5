//! Mutual exclusion: `sync.Mutex`.
//!
//! Invariants:
//! - At most one goroutine holds it; anyone may unlock it, as in Go.
//! - Waiters queue first in, first out. An unlock readies the first, which competes with newcomers
//!   (Go's normal mode, so a newcomer may barge in); it keeps its place until it has the lock.
//! - Only the first waiter is ever awake.
//!
//! Deliberately absent: Go's starvation mode, which depends on waiting for a millisecond of real
//! time, and guards that unlock when dropped, since an unlock is an operation of its own.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use crate::runtime::{Blocked, Handle, Inspect, Mode, ObjectSnapshot, Order};
use crate::trace::{
    EventKind, GoroutineId, LockMode, ObjectId, ObjectKind, OperationKind, PendingOperation, Queue,
    Span, WaitReason,
};

/// A Go mutex; clones are the same mutex.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::Mutex;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let mutex = Mutex::new(&handle);
///         mutex.lock().await;
///         assert!(!mutex.try_lock().await);
///         mutex.unlock().await.unwrap();
///         assert_eq!(
///             mutex.unlock().await.unwrap_err().to_string(),
///             "sync: unlock of unlocked mutex",
///         );
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
#[derive(Clone)]
pub struct Mutex {
    inner: Rc<Inner>,
}

struct Inner {
    handle: Handle,
    id: ObjectId,
    state: RefCell<State>,
}

#[derive(Clone, Default)]
struct State {
    holder: Option<GoroutineId>,
    waiters: VecDeque<GoroutineId>,
}

/// An unlock of a lock that nobody holds: a fatal error in Go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnlockError {
    /// `Mutex.Unlock`.
    Mutex,
    /// `RWMutex.Unlock`.
    RwMutex,
    /// `RWMutex.RUnlock`.
    RwMutexRead,
}

impl fmt::Display for UnlockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            UnlockError::Mutex => "sync: unlock of unlocked mutex",
            UnlockError::RwMutex => "sync: Unlock of unlocked RWMutex",
            UnlockError::RwMutexRead => "sync: RUnlock of unlocked RWMutex",
        })
    }
}

impl std::error::Error for UnlockError {}

impl Mutex {
    /// An unlocked mutex.
    pub fn new(handle: &Handle) -> Mutex {
        Mutex::with_state(handle, State::default())
    }

    /// What a copy of the struct would be: a mutex of its own, locked if this one is, without
    /// waiters.
    #[must_use]
    pub fn copy(&self) -> Mutex {
        let holder = self.inner.state.borrow().holder;
        let copy = Mutex::with_state(
            &self.inner.handle,
            State {
                holder,
                ..State::default()
            },
        );
        if let Some(holder) = holder {
            let object = copy.inner.id;
            copy.inner.handle.set_blocked(object, Blocked::LOCK);
            let mode = LockMode::Exclusive;
            copy.inner
                .handle
                .record_as(holder, || EventKind::Lock { object, mode });
        }
        copy
    }

    fn with_state(handle: &Handle, state: State) -> Mutex {
        let id = handle.new_object(|| ObjectKind::Mutex);
        let inner = Rc::new(Inner {
            handle: handle.clone(),
            id,
            state: RefCell::new(state),
        });
        if handle.is_recording() {
            handle.register(id, Rc::downgrade(&(inner.clone() as Rc<dyn Inspect>)));
        }
        Mutex { inner }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// Who holds it.
    pub fn holder(&self) -> Option<GoroutineId> {
        self.inner.state.borrow().holder
    }

    /// Takes the lock; waits while somebody holds it.
    pub async fn lock(&self) {
        self.lock_at(Span::NONE).await;
    }

    /// [`Mutex::lock`], written at a place.
    pub async fn lock_at(&self, span: Span) {
        let Inner { handle, id, .. } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::Lock, *id, span))
            .await;
        handle.touch(*id, Mode::Lock);
        if self.inner.try_take() {
            return;
        }
        let (queue, case, value) = (Queue::Wait, None, None);
        handle.record(|| EventKind::Enqueue {
            object: *id,
            queue,
            case,
            value,
        });
        self.inner
            .state
            .borrow_mut()
            .waiters
            .push_back(handle.current());
        loop {
            handle.park(WaitReason::MutexLock, *id).await;
            handle.touch(*id, Mode::Lock);
            if self.inner.try_take() {
                return;
            }
        }
    }

    /// Takes the lock if nobody holds it.
    pub async fn try_lock(&self) -> bool {
        self.try_lock_at(Span::NONE).await
    }

    /// [`Mutex::try_lock`], written at a place.
    pub async fn try_lock_at(&self, span: Span) -> bool {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::TryLock, *id, span))
            .await;
        let acquired = state.borrow().holder.is_none();
        handle.touch(
            *id,
            if acquired {
                Mode::TryTaken
            } else {
                Mode::TryFailed
            },
        );
        if acquired {
            state.borrow_mut().holder = Some(handle.current());
            handle.set_blocked(*id, Blocked::LOCK);
            handle.order(Order::Acquire {
                object: *id,
                slot: 0,
            });
        }
        let mode = LockMode::Exclusive;
        handle.record(|| EventKind::TryLock {
            object: *id,
            mode,
            acquired,
        });
        acquired
    }

    /// Gives the lock back and readies the first waiter.
    ///
    /// # Errors
    ///
    /// Nobody holds it.
    pub async fn unlock(&self) -> Result<(), UnlockError> {
        self.unlock_at(Span::NONE).await
    }

    /// [`Mutex::unlock`], written at a place.
    ///
    /// # Errors
    ///
    /// Nobody holds it.
    pub async fn unlock_at(&self, span: Span) -> Result<(), UnlockError> {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::Unlock, *id, span))
            .await;
        handle.touch(*id, Mode::Unlock);
        let Some(holder) = state.borrow_mut().holder.take() else {
            return Err(UnlockError::Mutex);
        };
        handle.set_blocked(*id, 0);
        handle.order(Order::Release {
            object: *id,
            slot: 0,
        });
        let mode = LockMode::Exclusive;
        handle.record(|| EventKind::Unlock {
            object: *id,
            mode,
            holder,
        });
        let first = state.borrow().waiters.front().copied();
        if let Some(first) = first {
            // Nothing happens when it is awake already.
            handle.ready(first, *id, 0, OperationKind::Lock);
        }
        Ok(())
    }
}

impl Inner {
    /// Takes the lock for the running goroutine, leaving the queue if it stands there.
    fn try_take(&self) -> bool {
        let mut state = self.state.borrow_mut();
        if state.holder.is_some() {
            return false;
        }
        let goroutine = self.handle.current();
        state.holder = Some(goroutine);
        // Only the first waiter is awake, so it is there or nowhere.
        let queued = state.waiters.front() == Some(&goroutine);
        if queued {
            state.waiters.pop_front();
        }
        drop(state);
        let object = self.id;
        self.handle.set_blocked(object, Blocked::LOCK);
        self.handle.order(Order::Acquire { object, slot: 0 });
        if queued {
            let (queue, case) = (Queue::Wait, None);
            self.handle.record(|| EventKind::Dequeue {
                goroutine,
                object,
                queue,
                case,
            });
        }
        let mode = LockMode::Exclusive;
        self.handle.record(|| EventKind::Lock { object, mode });
        true
    }
}

impl Inspect for Inner {
    fn inspect(&self) -> ObjectSnapshot {
        let state = self.state.borrow();
        ObjectSnapshot {
            holder: state.holder,
            receivers: state.waiters.iter().copied().collect(),
            ..ObjectSnapshot::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_logs, events, run_main, stuck};
    use super::*;
    use crate::trace::Outcome;

    #[test]
    fn only_one_is_inside() {
        let logs = all_logs(60, |handle, log| async move {
            let mutex = Mutex::new(&handle);
            for name in ["a", "b", "c"] {
                let (mutex, log, handle2) = (mutex.clone(), log.clone(), handle.clone());
                handle.spawn(name, async move {
                    mutex.lock().await;
                    log.add(format!("+{name}"));
                    handle2.gosched(Span::NONE).await;
                    log.add(format!("-{name}"));
                    mutex.unlock().await.unwrap();
                });
            }
            handle.sleep_until(crate::trace::VirtualTime(1)).await;
        });
        assert_eq!(logs.len(), 6, "every order: {logs:?}");
        for log in &logs {
            let steps: Vec<&str> = log.split(' ').collect();
            for pair in steps.chunks(2) {
                assert_eq!(pair[0][1..], pair[1][1..], "{log}");
            }
        }
    }

    #[test]
    fn a_newcomer_may_barge_in_and_the_waiter_keeps_its_place() {
        let (run, log) = run_main(|handle, log| async move {
            let mutex = Mutex::new(&handle);
            mutex.lock().await;
            for name in ["first", "second"] {
                let (mutex, log) = (mutex.clone(), log.clone());
                handle.spawn(name, async move {
                    mutex.lock().await;
                    log.add(name);
                    mutex.unlock().await.unwrap();
                });
            }
            handle.gosched(Span::NONE).await;
            handle.gosched(Span::NONE).await;
            // `first` is awake now, but we are quicker: nothing comes between these two when the
            // lock is free, since the next line is where control changes hands.
            mutex.unlock().await.unwrap();
            assert!(mutex.inner.try_take());
            log.add("main");
            handle.gosched(Span::NONE).await;
            mutex.unlock().await.unwrap();
            handle.sleep_until(crate::trace::VirtualTime(1)).await;
        });
        assert_eq!(run.outcome, Outcome::Completed);
        assert_eq!(log, ["main", "first", "second"]);
        let queue = events(&run, |goroutine, kind| match kind {
            EventKind::Enqueue { .. } => Some(format!("+{goroutine}")),
            EventKind::Dequeue { .. } => Some(format!("-{goroutine}")),
            _ => None,
        });
        assert_eq!(queue, ["+G2", "+G3", "-G2", "-G3"]);
    }

    #[test]
    fn locking_twice_is_a_deadlock() {
        let (run, _) = run_main(|handle, _| async move {
            let mutex = Mutex::new(&handle);
            mutex.lock().await;
            mutex.lock().await;
        });
        assert_eq!(
            stuck(&run.outcome),
            [(GoroutineId(1), WaitReason::MutexLock)]
        );
    }

    #[test]
    fn anyone_may_unlock_but_not_twice() {
        let (_, log) = run_main(|handle, log| async move {
            let mutex = Mutex::new(&handle);
            mutex.lock().await;
            let (other, out) = (mutex.clone(), log.clone());
            handle.spawn("other", async move {
                other.unlock().await.unwrap();
                out.add(other.unlock().await.unwrap_err());
            });
            handle.sleep_until(crate::trace::VirtualTime(1)).await;
            mutex.lock().await;
            log.add(format!("{:?}", mutex.holder()));
            let copy = mutex.copy();
            assert!(!copy.try_lock().await, "a copy of a locked mutex is locked");
        });
        assert_eq!(
            log,
            ["sync: unlock of unlocked mutex", "Some(GoroutineId(1))"]
        );
    }
}
