//! The race detector as an observer of a run.

use crate::detect::{Access, Race, RaceDetector};
use crate::runtime::{Observer, Order};
use crate::trace::{Event, EventKind, GoroutineId, Text};

/// A data race of the shown run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataRace {
    /// What the program calls the variable.
    pub name: Text,
    /// The two accesses.
    pub race: Race,
    /// Index of the event of the second access.
    pub event: usize,
}

/// Hears of every access and every synchronisation.
#[derive(Default)]
pub struct Watch {
    detector: RaceDetector,
}

impl Watch {
    /// The races found behind the first `known`.
    pub fn since(&self, known: usize) -> &[Race] {
        self.detector.races().get(known..).unwrap_or_default()
    }
}

impl Observer for Watch {
    fn order(&mut self, goroutine: GoroutineId, order: Order) {
        match order {
            Order::Acquire { object, slot } => self.detector.acquire(goroutine, object, slot),
            Order::Release { object, slot } => self.detector.release(goroutine, object, slot),
            Order::Tell { to } => self.detector.tell(goroutine, to),
            Order::Learn { from } => self.detector.tell(from, goroutine),
            Order::Access { place, mode, span } => {
                self.detector.access(
                    place,
                    Access {
                        goroutine,
                        mode,
                        span,
                    },
                );
            }
        }
    }
}

impl DataRace {
    /// Finds the second access of a race among the events of the step that made it.
    pub fn locate(race: &Race, step: &[Event], start: usize) -> Self {
        let found = step
            .iter()
            .enumerate()
            .rev()
            .find_map(|(at, event)| match &event.kind {
                EventKind::Access { place, name, .. } if *place == race.place => {
                    Some((at, name.clone()))
                }
                _ => None,
            });
        let (at, name) = found.unwrap_or((step.len().saturating_sub(1), "a variable".into()));
        Self {
            name,
            race: race.clone(),
            event: start + at,
        }
    }
}
