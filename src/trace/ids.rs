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

    /// Whether this is [`GoroutineId::NONE`].
    pub fn is_none(self) -> bool {
        self.0 == 0
    }
}

impl fmt::Display for GoroutineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "G{}", self.0)
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
