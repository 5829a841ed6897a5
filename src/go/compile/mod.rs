//! From a checked syntax tree to bytecode.
//!
//! `bytecode` is the instruction set, `program` what a compilation yields, `layout` the run-time
//! type table. Invariant: the compiler gives a program or diagnostics, and never panics.
//! Deliberately absent: any checking of the language's rules (that is `types`) and any running.

pub mod bytecode;
pub mod layout;
pub mod program;
