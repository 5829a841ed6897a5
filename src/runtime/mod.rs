//! The executor: goroutines are `!Send` futures on one thread, and a scheduler picks which goes on.
//!
//! A [`Runtime`] owns the goroutines; a [`Handle`] is what they and the primitives of `sync/` hold.
//! Before each visible operation a goroutine awaits a scheduling point ([`Handle::point`]); that is
//! where control changes hands. One pick and all that follows from it until control returns is a
//! step.
//!
//! Invariants:
//! - A run is a function of the program, the picks and the [`Limits`].
//! - The states of goroutines change as [`GoroutineState::may_become`] allows; debug builds assert
//!   it.
//! - The clock moves only when nothing is runnable. A timer that is due then waits to be picked,
//!   like a runnable goroutine; one that ends a sleep readies its goroutine at once.
//! - When nothing is runnable and no timer is set, nothing can ever happen: that is a deadlock.
//! - No borrow of the runtime's state is held while a goroutine is polled or dropped.
//! - With recording off, no event is built. The step loop itself allocates nothing.
//!
//! Deliberately absent: any knowledge of Go, threads, and the host's clock.

mod clock;
mod core;
mod futures;
mod handle;
mod limits;
mod observe;
mod queue;
mod run;
mod waker;

pub use clock::{Alarm, TimerKey};
pub use futures::{Choose, Never, Park, Point};
pub use handle::{Handle, Snapshot};
pub use limits::{Limits, Options};
pub use observe::{Blocked, Inspect, Mode, ObjectSnapshot, Observer, Order, Touch};
pub use run::{Candidate, OpenChoice, Program, Progress, Run, Runtime, Tail, run};

pub use crate::trace::GoroutineState;
