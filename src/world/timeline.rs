//! What each goroutine did when: bars for the lanes of a timeline, and arrows of happens-before.
//!
//! Positions are event indexes; [`super::Index`] turns them into steps. Everything is appended as the
//! trace grows: nothing is computed again.

use std::collections::{BTreeMap, VecDeque};

use crate::trace::{
    Delivery, Event, EventKind, GoroutineId, LockMode, ObjectId, Origin, Trace, WaitReason,
};

/// What a bar shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarState {
    /// Ready, not picked.
    Runnable,
    /// Executing.
    Running,
    /// Parked, and why.
    Waiting(WaitReason),
}

/// A stretch of one goroutine's life; it ends where the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Index of the event that began it.
    pub start: u32,
    /// What it shows.
    pub state: BarState,
    /// While it waits: on what; none for a select.
    pub object: ObjectId,
}

/// The life of one goroutine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// Its bars, in order.
    pub bars: Vec<Bar>,
    /// Index of the event with which it ended; none while it lives.
    pub end: Option<u32>,
}

impl Lane {
    /// The place of the bar an event index falls into, or of the first after it.
    pub fn find(&self, event: usize) -> usize {
        self.bars
            .partition_point(|bar| bar.start as usize <= event)
            .saturating_sub(1)
    }
}

/// Why one event is before another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ArrowKind {
    /// A `go` statement to the goroutine's first step.
    Go,
    /// A send to its receive.
    Value,
    /// A close to a receive that sees it.
    Close,
    /// An unlock to the next lock.
    Lock,
    /// One goroutine made another runnable in any other way.
    Ready,
}

/// One event is before another, of another goroutine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// The earlier event.
    pub from: u32,
    /// Whose it is; none for the clock.
    pub from_goroutine: GoroutineId,
    /// The later event.
    pub to: u32,
    /// Whose it is.
    pub to_goroutine: GoroutineId,
    /// Why.
    pub kind: ArrowKind,
    /// Through which object; none for a `go` statement.
    pub object: ObjectId,
}

type Place = (u32, GoroutineId);

/// The lanes and arrows of a growing trace.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    events: usize,
    lanes: Vec<Lane>,
    /// By the index of their later event.
    arrows: Vec<Arrow>,
    /// Sends whose values are still in a buffer.
    in_buffer: BTreeMap<ObjectId, VecDeque<Place>>,
    /// The last close or unlock of each object.
    released: BTreeMap<ObjectId, Place>,
    /// What made a goroutine runnable: drawn when it goes on.
    readied: BTreeMap<GoroutineId, (Place, ArrowKind, ObjectId)>,
}

impl Timeline {
    /// Nothing seen yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows a trace to its end; linear in the events that are new.
    pub fn extend(&mut self, trace: &Trace) {
        for event in trace.events().get(self.events..).unwrap_or_default() {
            self.push(event);
            self.events += 1;
        }
    }

    /// How many events were seen.
    pub fn events(&self) -> usize {
        self.events
    }

    /// The lanes, by goroutine id from 1.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// One goroutine's lane.
    pub fn lane(&self, id: GoroutineId) -> Option<&Lane> {
        self.lanes.get((id.0 as usize).checked_sub(1)?)
    }

    /// All arrows, ordered by their later event.
    pub fn arrows(&self) -> &[Arrow] {
        &self.arrows
    }

    fn lane_mut(&mut self, id: GoroutineId) -> Option<&mut Lane> {
        self.lanes.get_mut((id.0 as usize).checked_sub(1)?)
    }

    fn bar(&mut self, id: GoroutineId, state: BarState, object: ObjectId) {
        let start = self.events as u32;
        if let Some(lane) = self.lane_mut(id) {
            lane.bars.push(Bar {
                start,
                state,
                object,
            });
        }
    }

    fn arrow(&mut self, from: Place, to: GoroutineId, kind: ArrowKind, object: ObjectId) {
        if from.1 != to && !to.is_none() {
            let (from, from_goroutine) = from;
            let to_event = self.events as u32;
            self.arrows.push(Arrow {
                from,
                from_goroutine,
                to: to_event,
                to_goroutine: to,
                kind,
                object,
            });
        }
    }

    fn push(&mut self, event: &Event) {
        let here = (self.events as u32, event.goroutine);
        let who = event.goroutine;
        match &event.kind {
            EventKind::Go { child, .. } if self.lanes.len() + 1 == child.0 as usize => {
                self.lanes.push(Lane::default());
                self.bar(*child, BarState::Runnable, ObjectId::NONE);
                if !who.is_none() {
                    self.readied
                        .insert(*child, (here, ArrowKind::Go, ObjectId::NONE));
                }
            }
            EventKind::Step => {
                self.bar(who, BarState::Running, ObjectId::NONE);
                if let Some((from, kind, object)) = self.readied.remove(&who) {
                    self.arrow(from, who, kind, object);
                }
            }
            EventKind::Yield { .. } => self.bar(who, BarState::Runnable, ObjectId::NONE),
            EventKind::Park { reason, object, .. } => {
                self.bar(who, BarState::Waiting(*reason), *object)
            }
            EventKind::Ready {
                goroutine, object, ..
            } => {
                self.bar(*goroutine, BarState::Runnable, ObjectId::NONE);
                // A transfer in the same step has said it better.
                self.readied
                    .entry(*goroutine)
                    .or_insert((here, ArrowKind::Ready, *object));
            }
            EventKind::Exit => {
                if let Some(lane) = self.lane_mut(who) {
                    lane.end = Some(here.0);
                }
            }
            EventKind::Send { channel, to, .. } => match to {
                Delivery::Buffer => self.in_buffer.entry(*channel).or_default().push_back(here),
                Delivery::Receiver(receiver) => {
                    self.readied
                        .insert(*receiver, (here, ArrowKind::Value, *channel));
                }
            },
            EventKind::Receive {
                channel,
                from,
                refill,
                ..
            } => {
                match from {
                    Origin::Buffer => {
                        let sent = self
                            .in_buffer
                            .get_mut(channel)
                            .and_then(VecDeque::pop_front);
                        if let Some(sent) = sent {
                            self.arrow(sent, who, ArrowKind::Value, *channel);
                        }
                    }
                    Origin::Sender(sender) => {
                        let parked = self.lane(*sender).and_then(|lane| lane.bars.last());
                        if let Some(start) = parked.map(|bar| bar.start) {
                            self.arrow((start, *sender), who, ArrowKind::Value, *channel);
                        }
                    }
                    Origin::Closed => {
                        if let Some(closed) = self.released.get(channel).copied() {
                            self.arrow(closed, who, ArrowKind::Close, *channel);
                        }
                    }
                }
                if let Some(refill) = refill {
                    let place = (here.0, refill.sender);
                    self.in_buffer.entry(*channel).or_default().push_back(place);
                }
            }
            EventKind::Close { channel } => {
                self.released.insert(*channel, here);
            }
            EventKind::Unlock { object, .. } => {
                self.released.insert(*object, here);
            }
            EventKind::Lock { object, mode }
            | EventKind::TryLock {
                object,
                mode,
                acquired: true,
            } => {
                if let Some(from) = self.released.get(object).copied() {
                    // The step that took it over shows this order already.
                    let shown = self
                        .arrows
                        .last()
                        .is_some_and(|arrow| arrow.from == from.0 && arrow.to_goroutine == who);
                    if !shown {
                        self.arrow(from, who, ArrowKind::Lock, *object);
                    }
                    if *mode == LockMode::Exclusive {
                        self.released.remove(object);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Refill, Span, VirtualTime};

    /// The arrows of a trace of (who, what).
    fn arrows(kinds: Vec<(u32, EventKind)>) -> Vec<(u32, u32, ArrowKind)> {
        let mut trace = Trace::new();
        for id in 1..=3 {
            let child = GoroutineId(id);
            let kind = EventKind::Go {
                child,
                name: "f".into(),
                arguments: "".into(),
            };
            trace.push(Event {
                time: VirtualTime(0),
                goroutine: GoroutineId(0),
                span: Span::NONE,
                kind,
            });
        }
        for (who, kind) in kinds {
            let goroutine = GoroutineId(who);
            trace.push(Event {
                time: VirtualTime(0),
                goroutine,
                span: Span::NONE,
                kind,
            });
        }
        let mut timeline = Timeline::new();
        timeline.extend(&trace);
        // The three starts above come first.
        let place = |event: u32| event - 3;
        let arrows = timeline.arrows().iter();
        arrows
            .map(|arrow| (place(arrow.from), place(arrow.to), arrow.kind))
            .collect()
    }

    const CH: ObjectId = ObjectId(1);

    fn send() -> EventKind {
        EventKind::Send {
            channel: CH,
            value: "1".into(),
            to: Delivery::Buffer,
        }
    }

    fn receive(from: Origin, refill: Option<u32>) -> EventKind {
        let refill = refill.map(|sender| {
            Box::new(Refill {
                sender: GoroutineId(sender),
                value: "2".into(),
            })
        });
        EventKind::Receive {
            channel: CH,
            value: "1".into(),
            ok: true,
            from,
            refill,
        }
    }

    #[test]
    fn values_in_a_buffer_come_out_in_order() {
        let found = arrows(vec![
            (1, send()),
            (2, send()),
            (3, receive(Origin::Buffer, None)),
            (3, receive(Origin::Buffer, None)),
        ]);
        assert_eq!(found, [(0, 2, ArrowKind::Value), (1, 3, ArrowKind::Value)]);
    }

    #[test]
    fn a_refill_is_a_send_of_whoever_was_waiting() {
        let found = arrows(vec![
            (1, send()),
            (3, receive(Origin::Buffer, Some(2))),
            (3, receive(Origin::Buffer, None)),
        ]);
        assert_eq!(found, [(0, 1, ArrowKind::Value), (1, 2, ArrowKind::Value)]);
    }

    #[test]
    fn a_close_points_to_those_who_see_it() {
        let found = arrows(vec![
            (1, EventKind::Close { channel: CH }),
            (2, receive(Origin::Closed, None)),
            (3, receive(Origin::Closed, None)),
        ]);
        assert_eq!(found, [(0, 1, ArrowKind::Close), (0, 2, ArrowKind::Close)]);
    }

    #[test]
    fn an_unlock_points_to_the_next_lock_only() {
        let mode = LockMode::Exclusive;
        let lock = || EventKind::Lock { object: CH, mode };
        let unlock = |who| EventKind::Unlock {
            object: CH,
            mode,
            holder: GoroutineId(who),
        };
        let found = arrows(vec![
            (1, lock()),
            (1, unlock(1)),
            (2, lock()),
            (2, unlock(2)),
            (2, lock()),
            (2, unlock(2)),
            (3, lock()),
        ]);
        assert_eq!(found, [(1, 2, ArrowKind::Lock), (5, 6, ArrowKind::Lock)]);
    }
}
