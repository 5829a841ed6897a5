//! The type checker: from syntax trees to [`Info`], in Go's words where a program is wrong.
//!
//! Invariants: packages are checked in dependency order into one [`Types`] table; everything in `Info`
//! is canonical; the checker never panics on a tree, and what was reported once has the invalid type
//! and stays silent. Deliberately absent: control flow beyond terminating statements, code generation,
//! and everything about running.

mod assign;
mod assignability;
mod basic;
pub mod bigint;
mod builtins;
mod builtins_values;
mod call;
mod check;
mod collect;
mod comparison;
pub mod constant;
mod convert;
mod declare;
mod expr;
mod implements;
mod indexing;
mod infer;
pub mod info;
mod initorder;
mod literals;
mod lookup;
pub mod object;
mod operand;
mod operators;
mod range;
pub mod ratio;
mod resolve;
mod selector;
mod stmt;
mod subst;
mod switch;
mod table;
mod terminating;
mod typeparams;
mod typerules;
mod typetext;
mod typexpr;
mod unify;
mod universe;
mod unsafe_package;
mod untyped;

pub use check::{Outcome, PackageSource, check};
pub use constant::Constant;
pub use info::Info;
pub use lookup::{Found, Lookup, Target, TypeSet, same_name};
pub use table::*;
pub use typetext::Style;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
