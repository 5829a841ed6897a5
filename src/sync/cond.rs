//! A condition to wait for: `sync.Cond`.
//!
//! Invariants:
//! - A goroutine's place in line is taken *before* it unlocks, so a signal that comes between its
//!   unlock and its parking is not lost.
//! - A signal goes to the one in line longest; with nobody in line it is lost. There are no spurious
//!   wake-ups.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::Mutex;
use super::mutex::UnlockError;
use crate::runtime::{Handle, Inspect, Mode, ObjectSnapshot, Order};
use crate::trace::{
    EventKind, GoroutineId, ObjectId, ObjectKind, OperationKind, PendingOperation, Queue, Span,
    WaitReason,
};

/// A Go condition variable; clones are the same one.
///
/// # Examples
///
/// ```
/// use std::{cell::Cell, rc::Rc};
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::{Cond, Mutex};
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let mutex = Mutex::new(&handle);
///         let cond = Cond::new(&handle, mutex.id());
///         let full = Rc::new(Cell::new(false));
///         let (m, c, f) = (mutex.clone(), cond.clone(), full.clone());
///         handle.go("filler", async move {
///             m.lock().await;
///             f.set(true);
///             c.signal().await;
///             m.unlock().await.unwrap();
///         }).await;
///         mutex.lock().await;
///         while !full.get() {
///             cond.wait(&mutex).await.unwrap();
///         }
///         mutex.unlock().await.unwrap();
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
#[derive(Clone)]
pub struct Cond {
    inner: Rc<Inner>,
}

struct Inner {
    handle: Handle,
    id: ObjectId,
    /// Who stands in line, with the ticket that says which time.
    line: RefCell<VecDeque<(GoroutineId, Ticket)>>,
    next: std::cell::Cell<u64>,
}

/// A place in the line of a [`Cond`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket(u64);

impl Ticket {
    /// The ticket as a number, for those who keep it in a word.
    pub fn into_word(self) -> u64 {
        self.0
    }

    /// The ticket of [`Ticket::into_word`].
    pub fn from_word(word: u64) -> Ticket {
        Ticket(word)
    }
}

impl Cond {
    /// A condition with the lock that guards it, if that is an object.
    pub fn new(handle: &Handle, lock: ObjectId) -> Cond {
        let id = handle.new_object(|| ObjectKind::Cond { lock });
        let (line, next) = (RefCell::default(), std::cell::Cell::new(0));
        let inner = Rc::new(Inner {
            handle: handle.clone(),
            id,
            line,
            next,
        });
        if handle.is_recording() {
            handle.register(id, Rc::downgrade(&(inner.clone() as Rc<dyn Inspect>)));
        }
        Cond { inner }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// Unlocks the mutex, waits for a signal, and locks the mutex again.
    ///
    /// # Errors
    ///
    /// Nobody holds the mutex.
    pub async fn wait(&self, mutex: &Mutex) -> Result<(), UnlockError> {
        let ticket = self.line_up_at(Span::NONE).await;
        mutex.unlock().await?;
        self.wait_at(Span::NONE, ticket).await;
        mutex.lock().await;
        Ok(())
    }

    /// The first part of waiting, written at a place: takes a place in line. The caller then unlocks
    /// and calls [`Cond::wait_at`].
    pub async fn line_up_at(&self, span: Span) -> Ticket {
        let Inner {
            handle,
            id,
            line,
            next,
        } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::CondWait, *id, span))
            .await;
        handle.touch(*id, Mode::Write);
        let ticket = Ticket(next.get());
        next.set(ticket.0 + 1);
        line.borrow_mut().push_back((handle.current(), ticket));
        let (queue, case, value) = (Queue::Wait, None, None);
        handle.record_at(span, || EventKind::Enqueue {
            object: *id,
            queue,
            case,
            value,
        });
        ticket
    }

    /// The second part: waits until the place in line has been signalled. Not a scheduling point:
    /// either the signal has come, or the goroutine parks.
    pub async fn wait_at(&self, span: Span, ticket: Ticket) {
        let Inner {
            handle, id, line, ..
        } = &*self.inner;
        handle.touch(*id, Mode::Write);
        let in_line = line.borrow().iter().any(|(_, other)| *other == ticket);
        if in_line {
            handle.park(WaitReason::CondWait, *id).await;
        }
        handle.order(Order::Acquire {
            object: *id,
            slot: 0,
        });
        handle.record_at(span, || EventKind::Waited { object: *id });
    }

    /// Lets the one in line longest go on, if there is one.
    pub async fn signal(&self) {
        self.signal_at(Span::NONE).await;
    }

    /// [`Cond::signal`], written at a place.
    pub async fn signal_at(&self, span: Span) {
        let Inner {
            handle, id, line, ..
        } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::CondSignal, *id, span))
            .await;
        handle.touch(*id, Mode::Write);
        handle.order(Order::Release {
            object: *id,
            slot: 0,
        });
        let to = line.borrow().front().map(|(goroutine, _)| *goroutine);
        handle.record(|| EventKind::Signal { object: *id, to });
        self.inner.release_first();
    }

    /// Lets everyone in line go on.
    pub async fn broadcast(&self) {
        self.broadcast_at(Span::NONE).await;
    }

    /// [`Cond::broadcast`], written at a place.
    pub async fn broadcast_at(&self, span: Span) {
        let Inner {
            handle, id, line, ..
        } = &*self.inner;
        handle
            .point(PendingOperation::new(
                OperationKind::CondBroadcast,
                *id,
                span,
            ))
            .await;
        handle.touch(*id, Mode::Write);
        handle.order(Order::Release {
            object: *id,
            slot: 0,
        });
        let count = line.borrow().len() as u32;
        handle.record(|| EventKind::Broadcast { object: *id, count });
        while self.inner.release_first() {}
    }
}

impl Inner {
    /// Takes the first out of the line and readies it, unless it has not parked yet: then it will
    /// not.
    fn release_first(&self) -> bool {
        let Some((goroutine, _)) = self.line.borrow_mut().pop_front() else {
            return false;
        };
        let (object, queue, case) = (self.id, Queue::Wait, None);
        self.handle.record(|| EventKind::Dequeue {
            goroutine,
            object,
            queue,
            case,
        });
        let snapshot = self.handle.goroutine(goroutine);
        if snapshot.is_some_and(|snapshot| snapshot.object == object) {
            self.handle
                .ready(goroutine, object, 0, OperationKind::Resume);
        }
        true
    }
}

impl Inspect for Inner {
    fn inspect(&self) -> ObjectSnapshot {
        let line = self.line.borrow();
        let receivers = line.iter().map(|(goroutine, _)| *goroutine).collect();
        ObjectSnapshot {
            receivers,
            ..ObjectSnapshot::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_logs, run_main, run_under, stuck};
    use super::*;
    use crate::schedule::Random;
    use crate::trace::{Outcome, VirtualTime};

    #[test]
    fn a_signal_before_the_wait_is_lost() {
        let (run, _) = run_main(|handle, _| async move {
            let mutex = Mutex::new(&handle);
            let cond = Cond::new(&handle, mutex.id());
            cond.signal().await;
            mutex.lock().await;
            cond.wait(&mutex).await.unwrap();
        });
        assert_eq!(
            stuck(&run.outcome),
            [(GoroutineId(1), WaitReason::CondWait)]
        );
    }

    #[test]
    fn a_signal_between_unlock_and_parking_is_not_lost() {
        for seed in 0..100 {
            let (run, _) = run_under(&mut Random::new(seed), |handle, _| async move {
                let mutex = Mutex::new(&handle);
                let cond = Cond::new(&handle, mutex.id());
                mutex.lock().await;
                let (m, c) = (mutex.clone(), cond.clone());
                handle.spawn("signaller", async move {
                    // Has the lock only once the waiter stands in line.
                    m.lock().await;
                    c.signal().await;
                    m.unlock().await.unwrap();
                });
                cond.wait(&mutex).await.unwrap();
            });
            assert_eq!(run.outcome, Outcome::Completed, "seed {seed}");
        }
    }

    #[test]
    fn a_signal_frees_one_and_a_broadcast_all() {
        let logs = all_logs(20, |handle, log| async move {
            let mutex = Mutex::new(&handle);
            let cond = Cond::new(&handle, mutex.id());
            for _ in 0..3 {
                let (mutex, cond, log) = (mutex.clone(), cond.clone(), log.clone());
                handle.spawn("waiter", async move {
                    mutex.lock().await;
                    cond.wait(&mutex).await.unwrap();
                    log.add("on");
                    mutex.unlock().await.unwrap();
                });
            }
            handle.sleep_until(VirtualTime(1)).await;
            cond.signal().await;
            handle.sleep_until(VirtualTime(2)).await;
            log.add("then");
            cond.broadcast().await;
            handle.sleep_until(VirtualTime(3)).await;
        });
        assert_eq!(logs, ["on then on on"]);
    }
}
