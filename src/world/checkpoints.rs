//! Worlds kept along a trace, so that any position is a short fold away.
//!
//! Invariants: checkpoints stand at multiples of `spacing`, in order, none twice, the first at 0; there are never
//! more than [`MAX_POINTS`], since the spacing doubles when there would be: so a trace of n events costs
//! at most max(1024, 2n / 256) applied events to look up, and memory for 256 worlds that share what did
//! not change between them.

use super::World;
use crate::trace::Trace;

const FIRST_SPACING: usize = 1024;
const MAX_POINTS: usize = 256;

/// Some worlds of one growing trace.
#[derive(Clone, Debug)]
pub struct Checkpoints {
    spacing: usize,
    points: Vec<World>,
    /// The world at the end of what has been seen of the trace.
    front: World,
}

impl Default for Checkpoints {
    fn default() -> Self {
        Self {
            spacing: FIRST_SPACING,
            points: vec![World::new()],
            front: World::new(),
        }
    }
}

impl Checkpoints {
    /// No trace seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows a trace to its end; linear in the events that are new.
    pub fn extend(&mut self, trace: &Trace) {
        let new = trace
            .events()
            .get(self.front.position()..)
            .unwrap_or_default();
        for event in new {
            self.front.apply(event);
            if self.front.position().is_multiple_of(self.spacing) {
                self.keep();
            }
        }
    }

    fn keep(&mut self) {
        if self.points.len() == MAX_POINTS {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.points
                .retain(|point| point.position().is_multiple_of(spacing));
            if !self.front.position().is_multiple_of(spacing) {
                return;
            }
        }
        self.points.push(self.front.clone());
    }

    /// The world at the end of what was followed.
    pub fn front(&self) -> &World {
        &self.front
    }

    /// The world after the first `position` events of the same trace.
    pub fn world(&self, trace: &Trace, position: usize) -> World {
        if position >= self.front.position() {
            let mut world = self.front.clone();
            world.advance(trace, position);
            return world;
        }
        let place = self
            .points
            .partition_point(|point| point.position() <= position);
        let mut world = place
            .checked_sub(1)
            .and_then(|place| self.points.get(place))
            .cloned()
            .unwrap_or_default();
        world.advance(trace, position);
        world
    }

    /// How many worlds are kept.
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether none is kept; never so, since the first is the empty world.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }
}
