//! Reader/writer mutual exclusion: `sync.RWMutex`.
//!
//! Invariants:
//! - Either one writer holds it, or any number of readers.
//! - `Lock` is two operations. First the writer *announces* itself, which only one can at a time;
//!   from then on new readers wait. Then it waits for the readers that are inside.
//! - The last reader hands the lock to the announced writer; a writer's unlock hands it to all
//!   readers that wait, and lets the next writer announce itself behind them. Nobody barges in.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::mutex::UnlockError;
use crate::runtime::{Blocked, Handle, Inspect, Mode, ObjectSnapshot, Order};
use crate::trace::{
    EventKind, GoroutineId, LockMode, ObjectId, ObjectKind, OperationKind, PendingOperation, Queue,
    Span, WaitReason,
};

/// A Go `RWMutex`; clones are the same lock.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::RwMutex;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let lock = RwMutex::new(&handle);
///         lock.read_lock().await;
///         assert!(lock.try_read_lock().await && !lock.try_lock().await);
///         lock.read_unlock().await.unwrap();
///         lock.read_unlock().await.unwrap();
///         lock.lock().await;
///         lock.unlock().await.unwrap();
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
#[derive(Clone)]
pub struct RwMutex {
    inner: Rc<Inner>,
}

struct Inner {
    handle: Handle,
    id: ObjectId,
    state: RefCell<State>,
}

#[derive(Clone, Default)]
struct State {
    /// Holds the lock alone.
    writer: Option<GoroutineId>,
    /// Waits for the readers to leave.
    announced: Option<GoroutineId>,
    /// Whether the announced writer is parked.
    parked: bool,
    /// Hold the lock together; one entry for each time.
    readers: Vec<GoroutineId>,
    waiting_readers: VecDeque<GoroutineId>,
    /// Writers that wait to announce themselves. The first keeps its place while it is awake.
    waiting_writers: VecDeque<GoroutineId>,
}

impl State {
    fn has_writer(&self) -> bool {
        self.writer.is_some() || self.announced.is_some()
    }
}

impl RwMutex {
    /// A lock that nobody holds.
    pub fn new(handle: &Handle) -> RwMutex {
        RwMutex::with_state(handle, State::default())
    }

    /// What a copy of the struct would be: a lock of its own, held as this one is, without waiters.
    #[must_use]
    pub fn copy(&self) -> RwMutex {
        let state = self.inner.state.borrow();
        let held = State {
            writer: state.writer,
            readers: state.readers.clone(),
            ..State::default()
        };
        drop(state);
        let copy = RwMutex::with_state(&self.inner.handle, held.clone());
        let (handle, object) = (&copy.inner.handle, copy.inner.id);
        for (holders, mode) in [
            (held.writer.as_slice(), LockMode::Exclusive),
            (held.readers.as_slice(), LockMode::Shared),
        ] {
            for holder in holders {
                handle.record_as(*holder, || EventKind::Lock { object, mode });
            }
        }
        copy.inner.tell_blocked();
        copy
    }

    fn with_state(handle: &Handle, state: State) -> RwMutex {
        let id = handle.new_object(|| ObjectKind::RwMutex);
        let inner = Rc::new(Inner {
            handle: handle.clone(),
            id,
            state: RefCell::new(state),
        });
        if handle.is_recording() {
            handle.register(id, Rc::downgrade(&(inner.clone() as Rc<dyn Inspect>)));
        }
        RwMutex { inner }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// Takes the lock together with other readers; waits while a writer holds it or has announced
    /// itself.
    pub async fn read_lock(&self) {
        self.read_lock_at(Span::NONE).await;
    }

    /// [`RwMutex::read_lock`], written at a place.
    pub async fn read_lock_at(&self, span: Span) {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::RLock, *id, span))
            .await;
        handle.touch(*id, Mode::RLock);
        if !state.borrow().has_writer() {
            self.inner.give(handle.current(), LockMode::Shared);
            return;
        }
        let (queue, case, value) = (Queue::Read, None, None);
        handle.record(|| EventKind::Enqueue {
            object: *id,
            queue,
            case,
            value,
        });
        state
            .borrow_mut()
            .waiting_readers
            .push_back(handle.current());
        // Whoever readies us has given us the lock.
        handle.park(WaitReason::RwMutexRLock, *id).await;
    }

    /// Takes the lock alone; waits for others to leave, and keeps new readers out meanwhile.
    pub async fn lock(&self) {
        self.lock_at(Span::NONE).await;
    }

    /// [`RwMutex::lock`], written at a place.
    pub async fn lock_at(&self, span: Span) {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::Announce, *id, span))
            .await;
        handle.touch(*id, Mode::Announce);
        if !self.inner.try_announce() {
            let (queue, case, value) = (Queue::Wait, None, None);
            handle.record(|| EventKind::Enqueue {
                object: *id,
                queue,
                case,
                value,
            });
            state
                .borrow_mut()
                .waiting_writers
                .push_back(handle.current());
            loop {
                // Go's writers wait for each other at a mutex inside.
                handle.park(WaitReason::MutexLock, *id).await;
                handle.touch(*id, Mode::Announce);
                if self.inner.try_announce() {
                    break;
                }
            }
        }
        handle
            .point(PendingOperation::new(OperationKind::Lock, *id, span))
            .await;
        handle.touch(*id, Mode::Lock);
        if state.borrow().readers.is_empty() {
            self.inner.give(handle.current(), LockMode::Exclusive);
            return;
        }
        let (queue, case, value) = (Queue::Wait, None, None);
        handle.record(|| EventKind::Enqueue {
            object: *id,
            queue,
            case,
            value,
        });
        state.borrow_mut().parked = true;
        handle.park(WaitReason::RwMutexLock, *id).await;
    }

    /// Takes the lock alone if nobody holds it or has announced to.
    pub async fn try_lock(&self) -> bool {
        self.try_lock_at(Span::NONE).await
    }

    /// [`RwMutex::try_lock`], written at a place.
    pub async fn try_lock_at(&self, span: Span) -> bool {
        self.inner
            .try_lock(span, OperationKind::TryLock, LockMode::Exclusive)
            .await
    }

    /// Takes the lock together with other readers if no writer is there.
    pub async fn try_read_lock(&self) -> bool {
        self.try_read_lock_at(Span::NONE).await
    }

    /// [`RwMutex::try_read_lock`], written at a place.
    pub async fn try_read_lock_at(&self, span: Span) -> bool {
        self.inner
            .try_lock(span, OperationKind::TryRLock, LockMode::Shared)
            .await
    }

    /// Gives the lock back that was taken with others; the last hands it to the announced writer.
    ///
    /// # Errors
    ///
    /// No reader holds it.
    pub async fn read_unlock(&self) -> Result<(), UnlockError> {
        self.read_unlock_at(Span::NONE).await
    }

    /// [`RwMutex::read_unlock`], written at a place.
    ///
    /// # Errors
    ///
    /// No reader holds it.
    pub async fn read_unlock_at(&self, span: Span) -> Result<(), UnlockError> {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::RUnlock, *id, span))
            .await;
        handle.touch(*id, Mode::RUnlock);
        let holder = {
            let mut state = state.borrow_mut();
            let goroutine = handle.current();
            // Go does not care who unlocks; when it is nobody inside, the first goes.
            let mine = state
                .readers
                .iter()
                .position(|reader| *reader == goroutine)
                .unwrap_or(0);
            if state.readers.is_empty() {
                return Err(UnlockError::RwMutexRead);
            }
            state.readers.remove(mine)
        };
        handle.order(Order::Release {
            object: *id,
            slot: Order::READERS,
        });
        let mode = LockMode::Shared;
        handle.record(|| EventKind::Unlock {
            object: *id,
            mode,
            holder,
        });
        let next = {
            let mut state = state.borrow_mut();
            let is_free = state.readers.is_empty() && state.parked;
            if is_free {
                state.parked = false;
                state.announced
            } else {
                None
            }
        };
        if let Some(writer) = next {
            self.inner
                .hand_over(writer, Queue::Wait, LockMode::Exclusive);
        }
        self.inner.tell_blocked();
        Ok(())
    }

    /// Gives the lock back that was taken alone: all waiting readers get it, and the next writer
    /// may announce itself.
    ///
    /// # Errors
    ///
    /// No writer holds it.
    pub async fn unlock(&self) -> Result<(), UnlockError> {
        self.unlock_at(Span::NONE).await
    }

    /// [`RwMutex::unlock`], written at a place.
    ///
    /// # Errors
    ///
    /// No writer holds it.
    pub async fn unlock_at(&self, span: Span) -> Result<(), UnlockError> {
        let Inner { handle, id, state } = &*self.inner;
        handle
            .point(PendingOperation::new(OperationKind::Unlock, *id, span))
            .await;
        handle.touch(*id, Mode::Unlock);
        let Some(holder) = state.borrow_mut().writer.take() else {
            return Err(UnlockError::RwMutex);
        };
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
        let readers = std::mem::take(&mut state.borrow_mut().waiting_readers);
        for reader in readers {
            self.inner.hand_over(reader, Queue::Read, LockMode::Shared);
        }
        self.inner.tell_blocked();
        let next = state.borrow().waiting_writers.front().copied();
        if let Some(writer) = next {
            handle.ready(writer, *id, 0, OperationKind::Announce);
        }
        Ok(())
    }
}

impl Inner {
    fn try_announce(&self) -> bool {
        let mut state = self.state.borrow_mut();
        if state.has_writer() {
            return false;
        }
        let goroutine = self.handle.current();
        state.announced = Some(goroutine);
        let queued = state.waiting_writers.front() == Some(&goroutine);
        if queued {
            state.waiting_writers.pop_front();
        }
        drop(state);
        let object = self.id;
        if queued {
            let (queue, case) = (Queue::Wait, None);
            self.handle.record(|| EventKind::Dequeue {
                goroutine,
                object,
                queue,
                case,
            });
        }
        self.handle.record(|| EventKind::Announce { object });
        self.tell_blocked();
        true
    }

    async fn try_lock(&self, span: Span, kind: OperationKind, mode: LockMode) -> bool {
        let (handle, object) = (&self.handle, self.id);
        handle
            .point(PendingOperation::new(kind, object, span))
            .await;
        let touch = {
            let state = self.state.borrow();
            match mode {
                _ if state.has_writer() => Mode::TryFailed,
                LockMode::Shared => Mode::TryRead,
                LockMode::Exclusive if state.readers.is_empty() => Mode::TryTaken,
                LockMode::Exclusive => Mode::TryFailedByReaders,
            }
        };
        handle.touch(object, touch);
        let acquired = matches!(touch, Mode::TryRead | Mode::TryTaken);
        if acquired {
            let mut state = self.state.borrow_mut();
            match mode {
                LockMode::Exclusive => state.writer = Some(handle.current()),
                LockMode::Shared => state.readers.push(handle.current()),
            }
            drop(state);
            self.learn(handle.current(), mode);
            self.tell_blocked();
        }
        handle.record(|| EventKind::TryLock {
            object,
            mode,
            acquired,
        });
        acquired
    }

    /// A goroutine has the lock from now on.
    fn give(&self, goroutine: GoroutineId, mode: LockMode) {
        let mut state = self.state.borrow_mut();
        match mode {
            LockMode::Shared => state.readers.push(goroutine),
            LockMode::Exclusive => {
                state.announced = None;
                state.writer = Some(goroutine);
            }
        }
        drop(state);
        self.learn(goroutine, mode);
        self.tell_blocked();
        let object = self.id;
        if goroutine == self.handle.current() {
            self.handle.record(|| EventKind::Lock { object, mode });
        } else {
            self.handle
                .record_as(goroutine, || EventKind::Lock { object, mode });
        }
    }

    /// Gives the lock to a parked goroutine and readies it.
    fn hand_over(&self, goroutine: GoroutineId, queue: Queue, mode: LockMode) {
        let (object, case) = (self.id, None);
        self.handle.record(|| EventKind::Dequeue {
            goroutine,
            object,
            queue,
            case,
        });
        self.give(goroutine, mode);
        self.handle
            .ready(goroutine, object, 0, OperationKind::Resume);
    }

    /// What holding the lock tells: of the writers before, and a writer of the readers before, too.
    fn learn(&self, goroutine: GoroutineId, mode: LockMode) {
        let object = self.id;
        self.handle
            .order_as(goroutine, Order::Acquire { object, slot: 0 });
        if mode == LockMode::Exclusive {
            self.handle.order_as(
                goroutine,
                Order::Acquire {
                    object,
                    slot: Order::READERS,
                },
            );
        }
    }

    fn tell_blocked(&self) {
        let state = self.state.borrow();
        let mut bits = 0;
        if state.has_writer() {
            bits |= Blocked::RLOCK | Blocked::ANNOUNCE;
        }
        if !state.readers.is_empty() {
            bits |= Blocked::LOCK;
        }
        drop(state);
        self.handle.set_blocked(self.id, bits);
    }
}

impl Inspect for Inner {
    fn inspect(&self) -> ObjectSnapshot {
        let state = self.state.borrow();
        let parked = if state.parked { state.announced } else { None };
        ObjectSnapshot {
            holder: state.writer,
            readers: state.readers.clone(),
            receivers: parked
                .into_iter()
                .chain(state.waiting_writers.iter().copied())
                .collect(),
            readers_waiting: state.waiting_readers.iter().copied().collect(),
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
    fn readers_share_and_writers_do_not() {
        let logs = all_logs(80, |handle, log| async move {
            let lock = RwMutex::new(&handle);
            for name in ["r1", "r2", "w"] {
                let (lock, log, handle2) = (lock.clone(), log.clone(), handle.clone());
                handle.spawn(name, async move {
                    if name == "w" {
                        lock.lock().await;
                    } else {
                        lock.read_lock().await;
                    }
                    log.add(format!("+{name}"));
                    handle2.gosched(Span::NONE).await;
                    log.add(format!("-{name}"));
                    if name == "w" {
                        lock.unlock().await.unwrap();
                    } else {
                        lock.read_unlock().await.unwrap();
                    }
                });
            }
            handle.sleep_until(VirtualTime(1)).await;
        });
        assert!(logs.iter().all(|log| log.contains("+w -w")), "{logs:?}");
        assert!(logs.iter().any(|log| log.contains("+r1 +r2")), "{logs:?}");
    }

    #[test]
    fn an_announced_writer_keeps_new_readers_out() {
        let (run, log) = run_main(|handle, log| async move {
            let lock = RwMutex::new(&handle);
            lock.read_lock().await;
            let (writer, out) = (lock.clone(), log.clone());
            handle.spawn("writer", async move {
                writer.lock().await;
                out.add("writer");
                writer.unlock().await.unwrap();
            });
            for _ in 0..3 {
                handle.gosched(Span::NONE).await;
            }
            assert!(!lock.try_read_lock().await);
            let (reader, out) = (lock.clone(), log.clone());
            handle.spawn("reader", async move {
                reader.read_lock().await;
                out.add("reader");
                reader.read_unlock().await.unwrap();
            });
            for _ in 0..3 {
                handle.gosched(Span::NONE).await;
            }
            log.add("main");
            lock.read_unlock().await.unwrap();
            handle.sleep_until(VirtualTime(1)).await;
        });
        assert_eq!(run.outcome, Outcome::Completed);
        assert_eq!(log, ["main", "writer", "reader"]);
    }

    #[test]
    fn a_recursive_read_lock_can_deadlock_with_a_writer_between() {
        let mut deadlocks = 0;
        for seed in 0..60 {
            let (run, _) = run_under(&mut Random::new(seed), |handle, _| async move {
                let lock = RwMutex::new(&handle);
                let writer = lock.clone();
                handle.spawn("writer", async move {
                    writer.lock().await;
                    writer.unlock().await.unwrap();
                });
                lock.read_lock().await;
                lock.read_lock().await;
                lock.read_unlock().await.unwrap();
                lock.read_unlock().await.unwrap();
            });
            if run.outcome != Outcome::Completed {
                deadlocks += 1;
                assert_eq!(
                    stuck(&run.outcome),
                    [
                        (GoroutineId(1), WaitReason::RwMutexRLock),
                        (GoroutineId(2), WaitReason::RwMutexLock),
                    ]
                );
            }
        }
        assert!((1..60).contains(&deadlocks), "{deadlocks}");
    }

    #[test]
    fn unlocking_what_nobody_holds() {
        let (_, log) = run_main(|handle, log| async move {
            let lock = RwMutex::new(&handle);
            log.add(lock.unlock().await.unwrap_err());
            log.add(lock.read_unlock().await.unwrap_err());
            lock.read_lock().await;
            log.add(lock.unlock().await.is_err());
            let copy = lock.copy();
            assert!(copy.try_read_lock().await && !copy.try_lock().await);
        });
        assert_eq!(
            log,
            [
                "sync: Unlock of unlocked RWMutex",
                "sync: RUnlock of unlocked RWMutex",
                "true"
            ]
        );
    }
}
