//! What a step touched: the material of every highlight and movement on the screen.

use std::rc::Rc;

use crate::trace::{GoroutineId, ObjectId, SelectCase, Span, Text};

/// Where a value is, before or after it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a goroutine's hands.
    Goroutine(GoroutineId),
    /// In a slot of a channel's buffer.
    Slot(ObjectId, usize),
    /// At an object: a timer that sends, the end of a closed channel.
    Object(ObjectId),
}

/// One thing that the last step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A value moved through a channel.
    Flight {
        /// The channel.
        channel: ObjectId,
        /// The value.
        value: Text,
        /// From here.
        from: Place,
        /// To there.
        to: Place,
    },
    /// A lock went to its new holder.
    Taken {
        /// The lock.
        object: ObjectId,
        /// The holder.
        by: GoroutineId,
    },
    /// A lock came back.
    Released {
        /// The lock.
        object: ObjectId,
        /// From whom.
        by: GoroutineId,
    },
    /// An object was made.
    Made(ObjectId),
    /// An object changed in any other way: closed, counted, stored, set, fired, cancelled.
    Touched(ObjectId),
    /// A goroutine was started.
    Started(GoroutineId),
    /// A goroutine parked.
    Parked(GoroutineId),
    /// A goroutine was made runnable.
    Readied(GoroutineId),
    /// A goroutine ended.
    Ended(GoroutineId),
    /// One ready case of several was chosen.
    Chosen {
        /// Who selects.
        goroutine: GoroutineId,
        /// All that were ready.
        ready: Rc<[SelectCase]>,
        /// Place of the chosen one among the ready.
        picked: usize,
    },
    /// A goroutine stood at a place in the source.
    Line(GoroutineId, Span),
    /// A variable was set.
    Variable {
        /// Whose.
        goroutine: GoroutineId,
        /// The frame, from 0 at the bottom.
        frame: usize,
        /// Its place in the frame.
        slot: u16,
    },
    /// Something was printed.
    Printed(GoroutineId),
    /// A panic began or ended the run.
    Faulted(GoroutineId),
}
