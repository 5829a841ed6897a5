//! Decisions: the one door through which everything nondeterministic passes.
//!
//! A [`Choice`] is put to a [`Scheduler`], which answers with a [`Pick`]; the answers of a run make
//! its [`Schedule`], a short text that replays the run. The policies: [`RoundRobin`], [`Random`],
//! [`Pct`], [`Replay`], [`Interactive`].
//!
//! Invariants:
//! - Only choices with at least two options are put and recorded.
//! - A policy's answers depend on nothing but its parameters and the choices it has seen.
//! - A replay that meets a choice other than the recorded one says so; it never goes on silently.
//!
//! Deliberately absent: the executor. A scheduler decides, it runs nothing.

mod choice;
mod interactive;
mod pct;
mod random;
mod replay;
mod round_robin;
mod text;

pub use choice::{Choice, Decision, Pick, Scheduler};
pub use interactive::Interactive;
pub use pct::Pct;
pub use random::{Generator, Random};
pub use replay::{Divergence, Replay};
pub use round_robin::RoundRobin;
pub use text::{Decisions, Schedule, ScheduleError};

pub use crate::trace::ChoiceKind;
