//! Things to be used again: `sync.Pool`.
//!
//! Invariants:
//! - Whether `get` finds something that was put in is a choice, since Go promises nothing: option 0
//!   gives the thing put in last, option 1 nothing.

use std::cell::RefCell;
use std::fmt::Debug;
use std::rc::Rc;

use crate::runtime::{Handle, Mode, Order};
use crate::trace::{
    ChoiceKind, ChoiceOptions, EventKind, ObjectId, ObjectKind, OperationKind, PendingOperation,
    Span, Text,
};

/// A Go pool; clones are the same one.
///
/// # Examples
///
/// ```
/// use lockstep::runtime::{Options, Runtime, run};
/// use lockstep::schedule::RoundRobin;
/// use lockstep::sync::Pool;
///
/// let program = |runtime: &Runtime| {
///     let handle = runtime.handle().clone();
///     runtime.spawn("main", async move {
///         let pool = Pool::new(&handle);
///         assert_eq!(pool.get().await, None);
///         pool.put("buffer").await;
///         assert_eq!(pool.get().await, Some("buffer"));
///     });
/// };
/// assert_eq!(run(&program, &mut RoundRobin::new(3), Options::default()).outcome.exit_status(), 0);
/// ```
pub struct Pool<T> {
    inner: Rc<Inner<T>>,
}

struct Inner<T> {
    handle: Handle,
    id: ObjectId,
    items: RefCell<Vec<T>>,
}

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Pool<T> {
        Pool {
            inner: self.inner.clone(),
        }
    }
}

impl<T: Debug> Pool<T> {
    /// An empty pool.
    pub fn new(handle: &Handle) -> Pool<T> {
        let id = handle.new_object(|| ObjectKind::Pool);
        let inner = Inner {
            handle: handle.clone(),
            id,
            items: RefCell::default(),
        };
        Pool {
            inner: Rc::new(inner),
        }
    }

    /// Its id.
    pub fn id(&self) -> ObjectId {
        self.inner.id
    }

    /// Takes something out; `None` when there is nothing, or when the choice is to find nothing.
    pub async fn get(&self) -> Option<T> {
        let Inner { handle, id, items } = &*self.inner;
        handle
            .point(PendingOperation::new(
                OperationKind::PoolGet,
                *id,
                Span::NONE,
            ))
            .await;
        handle.touch(*id, Mode::Write);
        if items.borrow().is_empty() {
            return None;
        }
        let options = || ChoiceOptions::Labels([Text::from("hit"), Text::from("miss")].into());
        if handle.choose_among(ChoiceKind::PoolHit, 2, options).await != 0 {
            return None;
        }
        handle.order(Order::Acquire {
            object: *id,
            slot: 0,
        });
        let item = items.borrow_mut().pop();
        self.inner.update("Get");
        item
    }

    /// Puts something in.
    pub async fn put(&self, item: T) {
        let Inner { handle, id, items } = &*self.inner;
        handle
            .point(PendingOperation::new(
                OperationKind::PoolPut,
                *id,
                Span::NONE,
            ))
            .await;
        handle.touch(*id, Mode::Write);
        handle.order(Order::Release {
            object: *id,
            slot: 0,
        });
        items.borrow_mut().push(item);
        self.inner.update("Put");
    }
}

impl<T: Debug> Inner<T> {
    fn update(&self, operation: &str) {
        self.handle.record(|| EventKind::Update {
            object: self.id,
            operation: operation.into(),
            state: format!("{:?}", self.items.borrow()).into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::all_logs;
    use super::*;

    #[test]
    fn what_was_put_in_may_or_may_not_be_found() {
        let logs = all_logs(30, |handle, log| async move {
            let pool = Pool::new(&handle);
            pool.put(1).await;
            log.add(format!("{:?}", pool.get().await));
        });
        assert_eq!(logs, ["None", "Some(1)"]);
    }
}
