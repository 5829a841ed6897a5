//! The type checker: from syntax trees to [`Info`], in Go's words where a program is wrong.
//!
//! Invariants: packages are checked in dependency order into one [`Types`] table; everything in `Info`
//! is canonical; the checker never panics on a tree, and what was reported once has the invalid type
//! and stays silent. Deliberately absent: control flow beyond terminating statements, code generation,
//! and everything about running.

mod assign;
pub mod bigint;
mod builtins;
mod call;
mod check;
pub mod constant;
mod convert;
mod expr;
mod implements;
mod infer;
pub mod info;
mod initorder;
mod literals;
mod lookup;
pub mod object;
mod operand;
pub mod ratio;
mod resolve;
mod selector;
mod stmt;
mod subst;
mod table;
mod terminating;
mod typetext;
mod typexpr;
mod universe;

pub use check::{Outcome, PackageSource, check};
pub use constant::Constant;
pub use info::Info;
pub use lookup::{Found, Lookup, Target, TypeSet, same_name};
pub use table::*;
pub use typetext::Style;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
