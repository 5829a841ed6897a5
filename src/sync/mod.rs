//! Go's primitives as an asynchronous API, with exactly Go's semantics.
//!
//! Each operation is a scheduling point, then one atomic change. Errors that are panics or fatal
//! errors in Go are typed results here. Each operation has a twin whose name ends in `_at` and which
//! takes the place in the source where it is written.
//!
//! Invariants: the first lines of each file.
//!
//! Deliberately absent: any knowledge of Go's values. A channel is generic, locks are ids.

mod channel;
mod select;
mod wait;

pub use channel::{Channel, CloseError, SendError, TextOf, nil_receive, nil_send};
pub use select::{Arm, Nil, Receive, Send, select, select_at, try_select};

#[cfg(test)]
mod testing;
