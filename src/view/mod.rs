//! View models: what the screen shows, worked out from the state of a session.
//!
//! One module per region: `listing` (with `source` for its colours), `stage` (with `wiring` for who has
//! to do with what, `layout` for where it stands and `text` for what fits), `lanes` for the timeline,
//! `inspector`, `choices`, `console`, `findings`. Each is a pure function of the session's state.
//!
//! Invariants: nothing here touches a browser or keeps state between calls (but `wiring` and `layout`,
//! which grow with the trace and say so); equal states give equal models.
//! Deliberately absent: drawing, colours and events; see `ui`.

pub mod choices;
pub mod console;
pub mod findings;
pub mod inspector;
pub mod lanes;
pub mod layout;
pub mod listing;
pub mod page;
pub mod programs;
pub mod small;
pub mod source;
pub mod stage;
pub mod text;
pub mod tone;
pub mod wiring;
pub mod words;

pub use crate::trace::{GoroutineId, Text};
