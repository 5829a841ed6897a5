//! What happened, as plain data: the contract between the engine that runs programs and the screen
//! that shows them.
//!
//! Ids, virtual time, places in the source, wait reasons, objects, operations, [`Event`] and
//! [`Trace`]. Everything here can be copied, compared, hashed and written with serde.
//!
//! Invariants:
//! - A `World` can be folded from the events alone: whatever the picture needs is in a payload.
//! - Nothing depends on an address, a host clock or an iteration order; [`Trace::hash`] is the same
//!   natively and in wasm.
//! - Values are text, written when the event is recorded.
//!
//! Deliberately absent: any knowledge of Go's types, of the executor and of the screen.

mod clock;
mod event;
mod hash;
mod ids;
mod log;
mod object;
mod operation;
mod outcome;
mod reason;
mod source;
mod time;

pub use clock::VectorClock;
pub use event::{
    AtomicOperation, ChoiceKind, ChoiceOptions, ContextEnd, Delivery, Event, EventKind, LockMode,
    MemoryMode, OnceStep, Origin, Queue, Refill, Stream,
};
pub use hash::StableHasher;
pub use ids::{GoroutineId, ObjectId};
pub use log::Trace;
pub use object::{ContextKind, ObjectKind};
pub use operation::{Direction, OperationKind, PendingOperation, SelectCase};
pub use outcome::{Exceeded, Fault, Outcome, Stuck};
pub use reason::{GoroutineState, WaitReason};
pub use source::{FileId, Location, SourceFile, SourceMap, Span};
pub use time::VirtualTime;

/// Shared immutable text; cloning it copies no bytes.
pub type Text = std::rc::Rc<str>;
