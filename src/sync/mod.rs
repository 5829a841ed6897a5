//! Go's primitives as an asynchronous API, with exactly Go's semantics.
//!
//! Each operation is a scheduling point, then one atomic change. Errors that are panics or fatal
//! errors in Go are typed results here. Most operations have a twin whose name ends in `_at` and
//! which takes the place in the source where it is written.
//!
//! Invariants: the first lines of each file.
//!
//! Deliberately absent: any knowledge of Go's values. A channel is generic, locks are ids.

mod atomic;
mod channel;
mod cond;
mod context;
mod map;
mod mutex;
mod once;
mod pool;
mod rw_mutex;
mod select;
mod timer;
mod wait;
mod wait_group;

pub use atomic::Atomic;
pub use channel::{Channel, CloseError, SendError, TextOf, nil_receive, nil_send};
pub use cond::{Cond, Ticket};
pub use context::Context;
pub use map::Map;
pub use mutex::{Mutex, UnlockError};
pub use once::Once;
pub use pool::Pool;
pub use rw_mutex::RwMutex;
pub use select::{Arm, Nil, Receive, Send, select, select_at, try_select};
pub use timer::{Timer, sleep, sleep_at};
pub use wait_group::{WaitGroup, WaitGroupError};

#[cfg(test)]
mod testing;
