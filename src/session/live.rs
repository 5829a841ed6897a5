//! One path's run as far as it has gone: its trace and what is derived from it.

use crate::trace::Trace;
use crate::world::{Checkpoints, Index, Timeline, World};

/// A run and everything that follows its trace.
pub struct Live {
    trace: Trace,
    checkpoints: Checkpoints,
    index: Index,
    timeline: Timeline,
}

impl Live {
    /// The trace as far as it has run.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Where its steps begin.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Its lanes and arrows.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The world at a position.
    pub fn world(&self, position: usize) -> World {
        self.checkpoints.world(&self.trace, position)
    }
}
