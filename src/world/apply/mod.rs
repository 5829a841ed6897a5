//! Folding one event into the world.

mod exchange;
mod life;
mod others;

use std::rc::Rc;

use super::{Goroutine, Mark, Object, Printed, World};
use crate::trace::{
    ChoiceKind, ChoiceOptions, Event, EventKind, GoroutineId, GoroutineState, ObjectId,
};

/// How many marks one step keeps: a step that computes for long would otherwise pile up its lines.
const MAX_MARKS: usize = 1000;

impl World {
    /// Applies the next event.
    pub fn apply(&mut self, event: &Event) {
        self.time = event.time;
        self.begin_step(event);
        match &event.kind {
            EventKind::Step
            | EventKind::Yield { .. }
            | EventKind::Park { .. }
            | EventKind::Ready { .. }
            | EventKind::Go { .. }
            | EventKind::Exit => self.apply_life(event),
            EventKind::Call { .. }
            | EventKind::Return
            | EventKind::Line
            | EventKind::Variable { .. } => {
                self.apply_frame(event);
            }
            EventKind::Make { .. }
            | EventKind::Name { .. }
            | EventKind::Enqueue { .. }
            | EventKind::Dequeue { .. }
            | EventKind::Update { .. } => self.apply_object(event),
            EventKind::Send { .. } | EventKind::Receive { .. } | EventKind::Close { .. } => {
                self.apply_channel(event);
            }
            EventKind::Lock { .. }
            | EventKind::Unlock { .. }
            | EventKind::TryLock { .. }
            | EventKind::Announce { .. } => self.apply_lock(event),
            EventKind::WaitGroup { .. }
            | EventKind::Waited { .. }
            | EventKind::Once { .. }
            | EventKind::Signal { .. }
            | EventKind::Broadcast { .. }
            | EventKind::Atomic { .. } => self.apply_primitive(event),
            EventKind::TimerSet { .. }
            | EventKind::TimerStop { .. }
            | EventKind::TimerFire { .. }
            | EventKind::Cancel { .. } => self.apply_time(event),
            EventKind::Choose {
                kind,
                options,
                picked,
            } => {
                if let (ChoiceKind::SelectCase, ChoiceOptions::Cases(ready)) = (kind, options) {
                    let picked = usize::try_from(*picked).unwrap_or(usize::MAX);
                    self.mark(Mark::Chosen {
                        goroutine: event.goroutine,
                        ready: ready.clone(),
                        picked,
                    });
                }
            }
            EventKind::Output { stream, text } => {
                let (stream, text) = (*stream, text.clone());
                self.output.push(Printed {
                    goroutine: event.goroutine,
                    stream,
                    text,
                    event: self.position,
                });
                self.mark(Mark::Printed(event.goroutine));
            }
            EventKind::Panic { .. } | EventKind::Recover { .. } | EventKind::Fault { .. } => {
                self.apply_fault(event)
            }
            EventKind::End { outcome } => {
                self.outcome = Some(Rc::new((**outcome).clone()));
            }
            // The transfer has an event of its own; the clock is in every event; an access changes nothing
            // that is seen.
            EventKind::Selected { .. } | EventKind::Advance { .. } | EventKind::Access { .. } => {}
        }
        self.position += 1;
    }

    /// Clears the marks where a step begins; see [`super::Index`] for the rule.
    pub(super) fn begin_step(&mut self, event: &Event) {
        let begins = match &event.kind {
            EventKind::Step | EventKind::Advance { .. } => true,
            EventKind::TimerFire { timer, .. } => {
                let is_sleep = self
                    .object(*timer)
                    .and_then(|object| object.timer())
                    .is_some_and(|timer| timer.sleep);
                self.running.is_none() && (!is_sleep || !self.actor.is_none())
            }
            EventKind::End { .. } | EventKind::Fault { .. } => false,
            _ => {
                let by_clock = event.goroutine.is_none() && self.running.is_none();
                by_clock && self.steps > 0 && !self.actor.is_none()
            }
        };
        if begins {
            self.steps += 1;
            self.actor = event.goroutine;
            self.marks.clear();
        }
    }

    pub(super) fn mark(&mut self, mark: Mark) {
        let replaces = match (self.marks.last(), &mark) {
            (Some(Mark::Line(last, _)), Mark::Line(goroutine, _)) => last == goroutine,
            (Some(last @ Mark::Variable { .. }), new) => last == new,
            _ => false,
        };
        if replaces {
            self.marks.pop();
        } else if self.marks.len() >= MAX_MARKS {
            return;
        }
        self.marks.push(mark);
    }

    pub(super) fn goroutine_mut(&mut self, id: GoroutineId) -> Option<&mut Goroutine> {
        self.goroutines
            .get_mut((id.0 as usize).checked_sub(1)?)
            .map(Rc::make_mut)
    }

    pub(super) fn object_mut(&mut self, id: ObjectId) -> Option<&mut Object> {
        let position = self.position;
        let object = self
            .objects
            .get_mut((id.0 as usize).checked_sub(1)?)
            .map(Rc::make_mut)?;
        object.touched = position;
        Some(object)
    }

    pub(super) fn count(&mut self, state: GoroutineState) -> &mut usize {
        match state {
            GoroutineState::Runnable => &mut self.counts.runnable,
            GoroutineState::Running => &mut self.counts.running,
            GoroutineState::Waiting(_) => &mut self.counts.waiting,
            GoroutineState::Dead => &mut self.counts.dead,
        }
    }

    /// Changes a goroutine's state and returns it for more.
    pub(super) fn set_state(
        &mut self,
        id: GoroutineId,
        state: GoroutineState,
    ) -> Option<&mut Goroutine> {
        let before = self.goroutine(id)?.state;
        let left = self.count(before);
        *left = left.saturating_sub(1);
        *self.count(state) += 1;
        if before == GoroutineState::Running {
            self.running = None;
        }
        if state == GoroutineState::Running {
            self.running = Some(id);
        }
        let position = self.position;
        let goroutine = self.goroutine_mut(id)?;
        goroutine.state = state;
        goroutine.since = position;
        Some(goroutine)
    }
}
