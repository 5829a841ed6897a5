//! The names of goroutines and objects.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A goroutine, numbered from 1 in the order of creation; 1 is main.
///
/// 0 is [`GoroutineId::NONE`]: the clock and the runtime act under it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct GoroutineId(pub u32);

impl GoroutineId {
    /// Nobody: what the clock and the runtime do is done by no goroutine.
    pub const NONE: GoroutineId = GoroutineId(0);
    /// The goroutine that runs `main`; the program ends with it.
    pub const MAIN: GoroutineId = GoroutineId(1);

    /// Marks the options of a choice that are timers rather than goroutines.
    const TIMER: u32 = 1 << 31;

    /// Whether this is [`GoroutineId::NONE`].
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The option "the timer in this slot of the clock fires". A timer that is due waits to be
    /// picked like a runnable goroutine, so that everything can happen before or after it.
    pub fn timer(slot: u32) -> GoroutineId {
        GoroutineId(slot | GoroutineId::TIMER)
    }

    /// Whether this option is a timer of the clock. Events never carry such an id.
    pub fn is_timer(self) -> bool {
        self.0 & GoroutineId::TIMER != 0
    }

    /// The clock's slot of a timer option.
    pub fn timer_slot(self) -> Option<u32> {
        self.is_timer().then_some(self.0 & !GoroutineId::TIMER)
    }
}

impl fmt::Display for GoroutineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.timer_slot() {
            Some(slot) => write!(f, "timer {slot}"),
            None => write!(f, "G{}", self.0),
        }
    }
}

/// A channel, lock, wait group, timer, context, ..., numbered from 1 in the order of creation.
///
/// 0 is [`ObjectId::NONE`]: no object, or the nil channel.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct ObjectId(pub u32);

impl ObjectId {
    /// No object, or the nil channel.
    pub const NONE: ObjectId = ObjectId(0);

    /// Whether this is [`ObjectId::NONE`].
    pub fn is_none(self) -> bool {
        self.0 == 0
    }
}
