//! The type checker: from syntax trees to [`Info`], in Go's words where a program is wrong.
//!
//! Invariants: packages are checked in dependency order into one [`Types`] table; everything in `Info`
//! is canonical; the checker never panics on a tree, and what was reported once has the invalid type
//! and stays silent. Deliberately absent: control flow beyond terminating statements, code generation,
//! and everything about running.

pub mod bigint;
pub mod constant;
pub mod info;
mod lookup;
pub mod object;
pub mod ratio;
mod subst;
mod types;
mod typetext;

pub use constant::Constant;
pub use info::Info;
pub use lookup::{Found, Lookup, Target, TypeSet, same_name};
pub use types::*;
pub use typetext::Style;
