//! Atomic values: `sync/atomic`.
//!
//! Invariants:
//! - Every operation is one step; all of them are in one order (sequentially consistent).
//! - An operation that observes a value knows all that whoever wrote it knew.

use std::cell::Cell;
use std::fmt::Debug;
use std::rc::Rc;

use crate::runtime::{Handle, Mode, Order};
use crate::trace::{
    AtomicOperation, EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation, Span,
};

/// An atomic value; clones are the same one.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::Atomic;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let n = Atomic::new(&handle, 1);
///         assert_eq!(n.update(|n| n + 2).await, 3);
///         assert!(n.compare_and_swap(3, 7).await && !n.compare_and_swap(3, 8).await);
///         assert_eq!((n.swap(9).await, n.load().await), (7, 9));
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
pub struct Atomic<T> {
    inner: Rc<Inner<T>>,
}

struct Inner<T> {
    handle: Handle,
    id: ObjectId,
    value: Cell<T>,
}

impl<T> Clone for Atomic<T> {
    fn clone(&self) -> Atomic<T> {
        Atomic {
            inner: self.inner.clone(),
        }
    }
}

impl<T: Copy + PartialEq + Debug> Atomic<T> {
    /// An atomic of a value.
    pub fn new(handle: &Handle, value: T) -> Atomic<T> {
        let element = || std::any::type_name::<T>().into();
        let id = handle.new_object(|| ObjectKind::Atomic { element: element() });
        let inner = Inner {
            handle: handle.clone(),
            id,
            value: Cell::new(value),
        };
        Atomic {
            inner: Rc::new(inner),
        }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// The value.
    pub async fn load(&self) -> T {
        self.inner
            .point(OperationKind::AtomicLoad, Mode::Read)
            .await;
        self.inner.learn();
        self.inner.done(AtomicOperation::Load)
    }

    /// Sets the value.
    pub async fn store(&self, value: T) {
        self.inner
            .point(OperationKind::AtomicStore, Mode::Write)
            .await;
        self.inner.write(value);
        self.inner.done(AtomicOperation::Store);
    }

    /// Sets the value and gives the one before.
    pub async fn swap(&self, value: T) -> T {
        self.inner
            .point(OperationKind::AtomicUpdate, Mode::Write)
            .await;
        let before = self.inner.value.get();
        self.inner.write(value);
        self.inner.done(AtomicOperation::Swap);
        before
    }

    /// Changes the value and gives the new one: add, and, or.
    pub async fn update(&self, change: impl FnOnce(T) -> T) -> T {
        self.inner
            .point(OperationKind::AtomicUpdate, Mode::Write)
            .await;
        self.inner.write(change(self.inner.value.get()));
        self.inner.done(AtomicOperation::Add)
    }

    /// Sets the value if it is the expected one, and says whether it was.
    pub async fn compare_and_swap(&self, expected: T, value: T) -> bool {
        self.inner
            .point(OperationKind::AtomicUpdate, Mode::Write)
            .await;
        let swapped = self.inner.value.get() == expected;
        if swapped {
            self.inner.write(value);
            self.inner.done(AtomicOperation::CompareAndSwap);
        } else {
            self.inner.learn();
            self.inner.done(AtomicOperation::CompareFailed);
        }
        swapped
    }
}

impl<T: Copy + Debug> Inner<T> {
    async fn point(&self, kind: OperationKind, mode: Mode) {
        self.handle
            .point(PendingOperation::new(kind, self.id, Span::NONE))
            .await;
        self.handle.touch(self.id, mode);
    }

    fn learn(&self) {
        self.handle.order(Order::Acquire {
            object: self.id,
            slot: 0,
        });
    }

    /// Go orders all atomic operations of one variable, so a write learns, too.
    fn write(&self, value: T) {
        self.learn();
        self.handle.order(Order::Release {
            object: self.id,
            slot: 0,
        });
        self.value.set(value);
    }

    fn done(&self, operation: AtomicOperation) -> T {
        let value = self.value.get();
        self.handle.record(|| EventKind::Atomic {
            object: self.id,
            operation,
            value: format!("{value:?}").into(),
        });
        value
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::all_logs;
    use super::*;

    #[test]
    fn an_update_is_not_split_but_a_load_and_a_store_are() {
        let logs = all_logs(60, |handle, log| async move {
            let (whole, split) = (Atomic::new(&handle, 0), Atomic::new(&handle, 0));
            for _ in 0..2 {
                let (whole, split) = (whole.clone(), split.clone());
                handle.spawn("adder", async move {
                    whole.update(|n| n + 1).await;
                    let n = split.load().await;
                    split.store(n + 1).await;
                });
            }
            handle.sleep_until(crate::trace::VirtualTime(1)).await;
            log.add(format!("{}/{}", whole.load().await, split.load().await));
        });
        assert_eq!(logs, ["2/1", "2/2"]);
    }
}
