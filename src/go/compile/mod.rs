//! From a checked syntax tree to bytecode.
//!
//! `bytecode` is the instruction set, `program` what a compilation yields, `layout` the run-time
//! type table. `unit` holds the compilation as a whole and says which functions are needed,
//! `function` one function; `expression`, `operator`, `convert`, `call`, `builtin`, `literal` and
//! `place` compile expressions, `statement`, `assign`, `loops`, `choice` and `range_function`
//! statements; `analysis` says which variables may stay in registers; `emit` assembles.
//!
//! Invariant: the compiler gives a program or diagnostics, and never panics on a checked tree.
//! Deliberately absent: any checking of the language's rules (that is `types`) and any running.

mod analysis;
mod assign;
mod builtin;
pub mod bytecode;
mod call;
mod choice;
mod convert;
mod emit;
mod entry;
mod expression;
mod function;
pub mod layout;
mod literal;
mod loops;
mod operator;
mod place;
pub mod program;
mod range_function;
mod statement;
mod table;
#[cfg(test)]
mod tests;
mod unit;
mod wrapper;

pub use unit::{Input, compile};
