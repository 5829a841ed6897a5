//! Real wakers, for futures that are not of `sync/`.
//!
//! A primitive of `sync/` knows which goroutine it readies and does so at once. Any other future
//! (a oneshot channel of the `futures` crate, say) knows only its `Waker`: that one drops the
//! goroutine's id into a mailbox, which the executor empties after each step.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

use crate::trace::GoroutineId;

/// Where wakers leave the ids of their goroutines.
///
/// `Waker` must be `Send` and `Sync`, hence the lock; it is never contended for here.
#[derive(Default)]
pub(super) struct Mailbox {
    /// Whether `rung` may hold something, so that the common look costs no lock.
    any: AtomicBool,
    rung: Mutex<Vec<GoroutineId>>,
}

impl Mailbox {
    /// Takes the ids of all goroutines woken since the last time, each once, in order.
    pub fn take(&self) -> Option<Vec<GoroutineId>> {
        if !self.any.load(Ordering::Relaxed) {
            return None;
        }
        self.any.store(false, Ordering::Relaxed);
        let mut rung =
            std::mem::take(&mut *self.rung.lock().unwrap_or_else(PoisonError::into_inner));
        rung.sort_unstable();
        rung.dedup();
        Some(rung)
    }
}

struct Bell {
    goroutine: GoroutineId,
    mailbox: Arc<Mailbox>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut rung = self
            .mailbox
            .rung
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        rung.push(self.goroutine);
        self.mailbox.any.store(true, Ordering::Relaxed);
    }
}

/// The waker of a goroutine.
pub(super) fn waker(goroutine: GoroutineId, mailbox: &Arc<Mailbox>) -> Waker {
    Waker::from(Arc::new(Bell {
        goroutine,
        mailbox: mailbox.clone(),
    }))
}
