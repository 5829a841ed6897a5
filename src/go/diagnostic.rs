//! What the front end has to say about a source: a place and a sentence in Go's own words.
//!
//! Invariant: a message holds no position; the position is the span, and whoever prints it looks
//! the line and column up in the `SourceMap`.

use crate::trace::Span;

/// One error in a Go source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where the error is; its start is the line and column which Go prints.
    pub span: Span,
    /// The text that `go build` prints after `file:line:column: `.
    pub message: String,
}

impl Diagnostic {
    /// A diagnostic at `span`.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
        }
    }

    /// Whether this is about syntax proper. If there is one, Go's compiler checks no types and
    /// reports only what the parser said.
    pub fn is_syntax_error(&self) -> bool {
        self.message.starts_with("syntax error")
    }
}
