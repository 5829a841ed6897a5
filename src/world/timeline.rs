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
