//! The Go front end: syntax, types, compiler, machine, packages.

pub mod build;
pub mod compile;
pub mod diagnostic;
mod load;
pub mod program;
pub mod std;
pub mod syntax;
pub mod types;
pub mod vm;

pub use load::{Checked, load, report};
