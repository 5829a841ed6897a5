//! Every schedule of a program: which outcomes there are, each with a witness, and a proof when the
//! search comes to its end.
//!
//! The search is stateless: it runs the program again and again from the start, and after each run
//! goes back to the deepest place where another pick could make a difference (source sets with sleep
//! sets: Abdulla, Aronis, Jonsson, Sagonas, "Optimal dynamic partial order reduction", POPL 2014).
//! Runs that differ only in the order of operations that commute count as one.
//!
//! Invariants:
//! - [`Verdict::Proved`] is said only when nothing is left to try and no bound was hit.
//! - Every outcome comes with a schedule; replaying it shows that outcome.
//! - The step loop allocates nothing once its buffers have grown; runtimes are used again.
//!
//! Deliberately absent: any knowledge of Go, and races on plain memory (`detect` finds them; a
//! location that is to be explored becomes an object with scheduling points).

mod dependence;
mod history;
mod report;
mod search;

pub use report::{Bound, Class, Leak, Printed, Report, Verdict};
pub use search::{ExploreOptions, Explorer, explore};
