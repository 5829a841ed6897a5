//! What is wrong with a picture, and why: who waits for whom, who can never go on, and a report in Go's
//! words.
//!
//! Everything here is a pure function of a [`crate::world::World`]; nothing is stored and nothing is run.
//!
//! Invariants:
//! - Never report a goroutine as stuck that could still be woken: what is not known counts as able to.
//! - The answers are ordered by goroutine id, and the same for equal worlds.
//!
//! Deliberately absent: the search for other schedules (`explore`), and sentences about steps (`world`).

mod report;
mod stuck;
#[cfg(test)]
mod tests;
mod wait;

pub use report::{GoroutineReport, Report, report};
pub use stuck::{Reach, Stuck, stuck, stuck_with};
pub use wait::{Chain, ChainEnd, Cycle, Link, chain, lock_cycles};
