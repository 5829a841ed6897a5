//! The syntax of Go: lexer, parser, tree.
//!
//! The parser returns a tree and diagnostics, never a `Result`: a broken source still has every
//! declaration that could be read. Deliberately absent: names are not resolved here and nothing is
//! known of types; `a[b]` may be an index or an instantiation, `T(x)` a call or a conversion.

pub mod ast;
mod lexer;
mod parser;
pub mod text;
mod token;

pub use parser::{MAX_DEPTH, MAX_SOURCE, Parsed, parse};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
