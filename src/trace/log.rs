//! The events of one run.

use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

use super::{Event, EventKind, Outcome, StableHasher};

/// The events of one run, in order; it only grows at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    events: Vec<Event>,
    /// Bytes the events keep outside of themselves.
    heap_bytes: usize,
}

impl Trace {
    /// A trace without events.
    pub fn new() -> Trace {
        Trace::default()
    }

    /// Adds an event at the end.
    pub fn push(&mut self, event: Event) {
        self.heap_bytes += event.heap_bytes();
        self.events.push(event);
    }

    /// Adds all events of another trace at the end.
    pub fn append(&mut self, mut other: Trace) {
        self.heap_bytes += other.heap_bytes;
        self.events.append(&mut other.events);
    }

    /// All events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The event at an index, from 0.
    pub fn get(&self, index: usize) -> Option<&Event> {
        self.events.get(index)
    }

    /// How many events.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing has happened.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// How the run ended, once it has.
    pub fn outcome(&self) -> Option<&Outcome> {
        match &self.events.last()?.kind {
            EventKind::End { outcome } => Some(outcome),
            _ => None,
        }
    }

    /// Bytes of memory the trace takes; a text shared by several events counts for each.
    pub fn bytes(&self) -> usize {
        self.events.len() * size_of::<Event>() + self.heap_bytes
    }

    /// A hash of everything that happened; equal for equal traces, natively and in wasm. Linear.
    pub fn hash(&self) -> u64 {
        let mut hasher = StableHasher::new();
        self.events.hash(&mut hasher);
        hasher.finish()
    }

    /// Forgets all events, keeping the allocation.
    pub fn clear(&mut self) {
        self.events.clear();
        self.heap_bytes = 0;
    }

    /// Forgets all events from an index on.
    pub fn truncate(&mut self, len: usize) {
        for event in self.events.drain(len.min(self.events.len())..) {
            self.heap_bytes -= event.heap_bytes();
        }
    }
}

impl<'a> IntoIterator for &'a Trace {
    type Item = &'a Event;
    type IntoIter = std::slice::Iter<'a, Event>;

    fn into_iter(self) -> Self::IntoIter {
        self.events.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Delivery, GoroutineId, ObjectId, Span, VirtualTime};

    fn send(value: &str) -> Event {
        Event {
            time: VirtualTime(5),
            goroutine: GoroutineId(1),
            span: Span::NONE,
            kind: EventKind::Send {
                channel: ObjectId(1),
                value: value.into(),
                to: Delivery::Buffer,
            },
        }
    }

    fn end() -> Event {
        let outcome = Box::new(Outcome::Exited(3));
        Event {
            kind: EventKind::End { outcome },
            ..send("")
        }
    }

    #[test]
    fn the_hash_tells_traces_apart() {
        let mut a = Trace::new();
        a.push(send("1"));
        let mut b = Trace::new();
        b.push(send("2"));
        assert_ne!(a.hash(), b.hash());
        assert_eq!(a.hash(), a.clone().hash());
        b.truncate(0);
        b.push(send("1"));
        assert_eq!(a.hash(), b.hash());
    }

    #[test]
    fn bytes_follow_the_events() {
        let mut trace = Trace::new();
        trace.push(send("12345"));
        assert_eq!(trace.bytes(), size_of::<Event>() + 5);
        trace.push(end());
        assert_eq!(trace.outcome(), Some(&Outcome::Exited(3)));
        trace.truncate(1);
        assert_eq!(trace.bytes(), size_of::<Event>() + 5);
        assert_eq!(trace.outcome(), None);
        trace.clear();
        assert_eq!(trace.bytes(), 0);
    }
}
