//! Text as Go writes and reads it: numbers, quoted strings, UTF-8 with errors.
//!
//! Nothing here knows of the heap or of types; the formatting of values is in `vm/format`.

pub mod float;
pub mod quote;
pub mod utf8;
