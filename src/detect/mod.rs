//! What is wrong with a picture, and why: who waits for whom, who can never go on, and a report in Go's
//! words.
//!
//! Who waits and who is stuck are pure functions of a [`crate::world::World`]. What needs the whole run,
//! races and lock orders, follows it in [`RaceDetector`] and [`LockOrder`]. Nothing here runs anything.
//!
//! Invariants:
//! - Never report a goroutine as stuck that could still be woken: what is not known counts as able to.
//! - The answers are ordered by goroutine id, and the same for equal worlds.
//!
//! Deliberately absent: the search for other schedules (`explore`), and sentences about steps (`world`).

mod lock_order;
mod race;
mod report;
mod stuck;
#[cfg(test)]
mod tests;
mod wait;

pub use lock_order::{Edge, Inversion, LockOrder};
pub use race::{Access, Race, RaceDetector};
pub use report::{GoroutineReport, Report, report};
pub use stuck::{Reach, Stuck, stuck, stuck_with};
pub use wait::{Chain, ChainEnd, Cycle, Link, chain, lock_cycles, waits_in_vain};
