//! The application without a screen: what is open, where the run stands, what can be done next.
//!
//! [`State`] is plain data with a handle to the run behind it; [`Action`] is the one way to change it.
//!
//! Invariants:
//! - No Yew, no I/O, no clock: `reduce(state, action)` gives the same state for the same history.
//! - A run only grows: an older copy of a state stays valid and stands in the past of the same run.
//! - Text that a person has typed is never lost.

mod action;
pub mod catalogue;
mod compile;
mod cursor;
mod explorer;
mod forward;
mod go;
pub mod link;
mod live;
mod offers;
mod open;
mod races;
mod reduce;
mod state;
#[cfg(test)]
mod tests;

pub use action::Action;
pub use compile::{Compiled, Compiler};
pub use explorer::Exploration;
pub use go::{compile_go, go, options};
pub use live::{Leak, Wish};
pub use races::{DataRace, Watch};
pub use reduce::reduce;
pub use state::{
    Activity, Blocked, Goal, Offer, Path, Policy, Problem, ProgramText, Run, Selection, Speed,
    State, StepSize,
};

/// What can be found out about a picture; the screen asks for it here.
pub use crate::detect;
