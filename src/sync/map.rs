//! A map for several goroutines: `sync.Map`.
//!
//! Invariants:
//! - Every operation is one step.
//! - `range` visits the keys that are there when it gets to them, in their order; it is not one step
//!   but one for each key, as Go promises no more.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::Bound;
use std::rc::Rc;

use crate::runtime::{Handle, Mode, Order};
use crate::trace::{EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation, Span};

/// A Go `sync.Map`; clones are the same map.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::Random;
/// use lockstep::sync::Map;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let map = Map::new(&handle);
///         assert_eq!(map.load_or_store("a", 1).await, (1, false));
///         assert_eq!(map.load_or_store("a", 2).await, (1, true));
///         assert_eq!((map.delete(&"a").await, map.load(&"a").await), (Some(1), None));
///     });
/// };
/// assert_eq!(run(&program, &mut Random::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
pub struct Map<K, V> {
    inner: Rc<Inner<K, V>>,
}

struct Inner<K, V> {
    handle: Handle,
    id: ObjectId,
    entries: RefCell<BTreeMap<K, V>>,
}

impl<K, V> Clone for Map<K, V> {
    fn clone(&self) -> Map<K, V> {
        Map {
            inner: self.inner.clone(),
        }
    }
}

impl<K: Ord + Clone + Debug, V: Clone + PartialEq + Debug> Map<K, V> {
    /// An empty map.
    pub fn new(handle: &Handle) -> Map<K, V> {
        let id = handle.new_object(|| ObjectKind::Map);
        let inner = Inner {
            handle: handle.clone(),
            id,
            entries: RefCell::default(),
        };
        Map {
            inner: Rc::new(inner),
        }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// The value of a key.
    pub async fn load(&self, key: &K) -> Option<V> {
        self.inner.point(OperationKind::MapRead, Mode::Read).await;
        self.inner.entries.borrow().get(key).cloned()
    }

    /// Sets the value of a key and gives the one before (`Store`, `Swap`).
    pub async fn store(&self, key: K, value: V) -> Option<V> {
        self.inner.point(OperationKind::MapWrite, Mode::Write).await;
        let before = self.inner.entries.borrow_mut().insert(key, value);
        self.inner.wrote("Store");
        before
    }

    /// The value of a key; sets it if there is none. True: there was one.
    pub async fn load_or_store(&self, key: K, value: V) -> (V, bool) {
        self.inner.point(OperationKind::MapWrite, Mode::Write).await;
        let known = self.inner.entries.borrow().get(&key).cloned();
        if let Some(known) = known {
            return (known, true);
        }
        self.inner.entries.borrow_mut().insert(key, value.clone());
        self.inner.wrote("LoadOrStore");
        (value, false)
    }

    /// Takes a key out and gives its value (`Delete`, `LoadAndDelete`).
    pub async fn delete(&self, key: &K) -> Option<V> {
        self.inner.point(OperationKind::MapWrite, Mode::Write).await;
        let before = self.inner.entries.borrow_mut().remove(key);
        self.inner.wrote("Delete");
        before
    }

    /// Sets the value of a key if it is the expected one, and says whether it was.
    pub async fn compare_and_swap(&self, key: &K, expected: &V, value: V) -> bool {
        self.inner.point(OperationKind::MapWrite, Mode::Write).await;
        let swapped = match self.inner.entries.borrow_mut().get_mut(key) {
            Some(known) if known == expected => {
                *known = value;
                true
            }
            _ => false,
        };
        if swapped {
            self.inner.wrote("CompareAndSwap");
        }
        swapped
    }

    /// The first entry, or the one behind a key: `range` is built of these.
    pub async fn next(&self, behind: Option<&K>) -> Option<(K, V)> {
        self.inner.point(OperationKind::MapRead, Mode::Read).await;
        let entries = self.inner.entries.borrow();
        let from = behind.map_or(Bound::Unbounded, Bound::Excluded);
        let (key, value) = entries.range((from, Bound::Unbounded)).next()?;
        Some((key.clone(), value.clone()))
    }
}

impl<K: Debug, V: Debug> Inner<K, V> {
    async fn point(&self, kind: OperationKind, mode: Mode) {
        self.handle
            .point(PendingOperation::new(kind, self.id, Span::NONE))
            .await;
        self.handle.touch(self.id, mode);
        self.handle.order(Order::Acquire {
            object: self.id,
            slot: 0,
        });
    }

    fn wrote(&self, operation: &str) {
        self.handle.order(Order::Release {
            object: self.id,
            slot: 0,
        });
        self.handle.record(|| EventKind::Update {
            object: self.id,
            operation: operation.into(),
            state: format!("{:?}", self.entries.borrow()).into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{all_logs, run_main};
    use super::*;

    #[test]
    fn only_one_of_two_stores_first() {
        let logs = all_logs(40, |handle, log| async move {
            let map = Map::new(&handle);
            for n in [1, 2] {
                let (map, log) = (map.clone(), log.clone());
                handle.spawn("storer", async move {
                    log.add(format!("{:?}", map.load_or_store('k', n).await));
                });
            }
            handle.sleep_until(crate::trace::VirtualTime(1)).await;
        });
        assert_eq!(logs, ["(1, false) (1, true)", "(2, false) (2, true)"]);
    }

    #[test]
    fn ranging_sees_the_keys_in_order() {
        let (_, log) = run_main(|handle, log| async move {
            let map = Map::new(&handle);
            for key in [3, 1, 2] {
                map.store(key, key * 10).await;
            }
            assert!(map.compare_and_swap(&2, &20, 21).await);
            assert!(!map.compare_and_swap(&2, &20, 22).await);
            let mut behind = None;
            while let Some((key, value)) = map.next(behind.as_ref()).await {
                log.add(value);
                behind = Some(key);
            }
        });
        assert_eq!(log, ["10", "21", "30"]);
    }
}
