//! See ARCHITECTURE.md.

mod span;

pub use span::{FileId, Span};
