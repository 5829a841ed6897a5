//! The machine that runs compiled Go.
//!
//! Values are words on stacks and in a heap of our own; a goroutine is plain data that [`execute`] works
//! on until it comes to a visible operation, and a future ([`driver`]) that performs those through `sync`.
//!
//! - `heap`, `map`, `equality`: memory, collector, maps, comparison.
//! - `goroutine`, `execute`, `operations`, `unwind`, `fault`: instructions, panics, deferred calls.
//! - `core`, `machine`, `driver`, `visible`: what goroutines share, and how they are run.
//! - `native`, `format`, `text`: the functions without a body in the embedded packages.
//! - `record`, `access`, `render`, `traceback`: what the trace and standard error are told.
//!
//! Invariants: a run depends on the program and the scheduler's picks only; no input makes the machine
//! panic; with recording off nothing is rendered. Deliberately absent: source text, except to word places.

mod access;
mod core;
mod directives;
mod driver;
mod equality;
mod execute;
mod fault;
mod format;
mod goroutine;
mod heap;
mod machine;
mod map;
mod native;
mod operations;
mod record;
mod render;
#[cfg(test)]
mod tests;
mod text;
mod traceback;
mod unwind;
mod visible;

pub use core::{Core, Image};
pub use directives::Directives;
pub use machine::{Shared, Sink};
pub use traceback::Origin;
