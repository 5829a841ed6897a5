//! Locks that are taken in opposite orders: a deadlock that this run did not have and another may.
//!
//! An edge is "took this lock while holding that one". A ring of edges of different goroutines is a possible
//! deadlock, unless all of them held one lock in common, a gate, which lets only one of them in at a time
//! (Goodlock; Havelund 2000), or the locks are only shared. The word is always "possible": what orders
//! the goroutines otherwise is not looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::trace::{Event, EventKind, GoroutineId, LockMode, ObjectId, Span, Trace};
use crate::world::World;

/// Somebody took a lock while holding another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// Who.
    pub goroutine: GoroutineId,
    /// The lock held.
    pub held: ObjectId,
    /// How it was held.
    pub held_mode: LockMode,
    /// The lock taken.
    pub taken: ObjectId,
    /// How it was taken.
    pub taken_mode: LockMode,
    /// All locks held then.
    pub gates: BTreeSet<ObjectId>,
    /// Where the lock was taken.
    pub span: Span,
}

/// A ring of edges: each takes the lock that the next one holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Inversion {
    /// The edges; each one's `taken` is the next one's `held`.
    pub edges: Vec<Edge>,
}

impl Inversion {
    /// `possible deadlock: G2 takes bob.mu while holding alice.mu, G3 takes alice.mu while holding bob.mu`.
    pub fn words(&self, world: &World) -> String {
        let parts: Vec<String> = self
            .edges
            .iter()
            .map(|edge| {
                let (taken, held) = (world.object_name(edge.taken), world.object_name(edge.held));
                format!("{} takes {taken} while holding {held}", edge.goroutine)
            })
            .collect();
        format!("possible deadlock: {}", parts.join(", "))
    }
}

/// Rings of more locks than this are not looked for, and no more than so many steps are spent on the
/// search: it is exponential in the length.
const LONGEST: usize = 8;
const MOST_WORK: usize = 200_000;

/// The orders in which locks were taken in a growing trace.
#[derive(Clone, Debug, Default)]
pub struct LockOrder {
    events: usize,
    held: BTreeMap<GoroutineId, Vec<(ObjectId, LockMode)>>,
    edges: BTreeSet<Edge>,
}

impl LockOrder {
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

    /// Takes in one event.
    pub fn push(&mut self, event: &Event) {
        match &event.kind {
            EventKind::Lock { object, mode } => self.take(event, *object, *mode, true),
            // A TryLock never waits: it holds a lock against others, but is no reason to wait.
            EventKind::TryLock {
                object,
                mode,
                acquired: true,
            } => self.take(event, *object, *mode, false),
            EventKind::Unlock {
                object,
                mode,
                holder,
            } => {
                let held = self.held.entry(*holder).or_default();
                if let Some(place) = held.iter().rposition(|lock| lock == &(*object, *mode)) {
                    held.remove(place);
                }
            }
            EventKind::Park { object, reason, .. } => {
                use crate::trace::WaitReason::{MutexLock, RwMutexLock, RwMutexRLock};
                // Who waits has asked for the lock already: that is the order that counts.
                match reason {
                    MutexLock | RwMutexLock => self.ask(event, *object, LockMode::Exclusive),
                    RwMutexRLock => self.ask(event, *object, LockMode::Shared),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn ask(&mut self, event: &Event, taken: ObjectId, taken_mode: LockMode) {
        let held = self
            .held
            .get(&event.goroutine)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let gates: BTreeSet<ObjectId> = held.iter().map(|(lock, _)| *lock).collect();
        for (lock, held_mode) in held {
            self.edges.insert(Edge {
                goroutine: event.goroutine,
                held: *lock,
                held_mode: *held_mode,
                taken,
                taken_mode,
                gates: gates.clone(),
                span: event.span,
            });
        }
    }

    fn take(&mut self, event: &Event, object: ObjectId, mode: LockMode, waits: bool) {
        if waits {
            self.ask(event, object, mode);
        }
        self.held
            .entry(event.goroutine)
            .or_default()
            .push((object, mode));
    }

    /// Every ring of up to [`LONGEST`] locks; of several rings over the same goroutines and locks, one.
    pub fn inversions(&self) -> Vec<Inversion> {
        let mut found = BTreeMap::new();
        let mut work = MOST_WORK;
        for edge in &self.edges {
            let mut ring = vec![edge];
            self.search(&mut ring, &mut found, &mut work);
        }
        found.into_values().collect()
    }

    fn search<'a>(
        &'a self,
        ring: &mut Vec<&'a Edge>,
        found: &mut BTreeMap<Vec<(GoroutineId, ObjectId)>, Inversion>,
        work: &mut usize,
    ) {
        let (first, last) = (ring[0], ring[ring.len() - 1]);
        for next in &self.edges {
            if *work == 0 {
                return;
            }
            *work -= 1;
            // Each ring is found from its smallest edge only.
            if next < first || !follows(ring, last, next) {
                continue;
            }
            ring.push(next);
            if next.taken == first.held && excludes(next.taken_mode, first.held_mode) {
                let key = ring
                    .iter()
                    .map(|edge| (edge.goroutine, edge.held))
                    .collect();
                let edges = ring.iter().map(|edge| (*edge).clone()).collect();
                found.entry(key).or_insert(Inversion { edges });
            } else if ring.len() < LONGEST {
                self.search(ring, found, work);
            }
            ring.pop();
        }
    }
}

/// Whether an edge can stand behind the last of a ring: another goroutine, which holds what the last one
/// takes, and no gate that keeps it out.
fn follows(ring: &[&Edge], last: &Edge, next: &Edge) -> bool {
    last.taken == next.held
        && excludes(last.taken_mode, next.held_mode)
        && ring
            .iter()
            .all(|edge| edge.goroutine != next.goroutine && edge.gates.is_disjoint(&next.gates))
}

fn excludes(a: LockMode, b: LockMode) -> bool {
    a == LockMode::Exclusive || b == LockMode::Exclusive
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::VirtualTime;

    /// `2+1` goroutine 2 locks lock 1, `2-1` it unlocks it; `r` for reading.
    fn order(script: &str) -> LockOrder {
        let mut order = LockOrder::new();
        for word in script.split_whitespace() {
            let (shared, word) = match word.strip_prefix('r') {
                Some(word) => (true, word),
                None => (false, word),
            };
            let mode = if shared {
                LockMode::Shared
            } else {
                LockMode::Exclusive
            };
            let takes = word.contains('+');
            let (who, lock) = word.split_once(['+', '-']).expect("goroutine and lock");
            let goroutine = GoroutineId(who.parse().expect("a number"));
            let object = ObjectId(lock.parse().expect("a number"));
            let kind = if takes {
                EventKind::Lock { object, mode }
            } else {
                EventKind::Unlock {
                    object,
                    mode,
                    holder: goroutine,
                }
            };
            order.push(&Event {
                time: VirtualTime(0),
                goroutine,
                span: Span::NONE,
                kind,
            });
        }
        order
    }

    fn rings(script: &str) -> Vec<usize> {
        order(script)
            .inversions()
            .iter()
            .map(|inversion| inversion.edges.len())
            .collect()
    }

    #[test]
    fn opposite_orders_are_found_though_the_run_went_well() {
        assert_eq!(rings("2+1 2+2 2-2 2-1 3+2 3+1 3-1 3-2"), [2]);
        let inversion = &order("2+1 2+2 2-2 2-1 3+2 3+1 3-1 3-2").inversions()[0];
        assert_eq!(
            inversion.words(&World::new()),
            "possible deadlock: G2 takes nil while holding nil, G3 takes nil while holding nil"
        );
    }

    #[test]
    fn the_same_order_is_no_ring_nor_is_one_goroutine() {
        assert!(rings("2+1 2+2 2-2 2-1 3+1 3+2 3-2 3-1").is_empty());
        assert!(rings("2+1 2+2 2-2 2-1 2+2 2+1 2-1 2-2").is_empty());
        assert!(rings("2+1 2-1 2+2 2-2 3+2 3-2 3+1 3-1").is_empty());
    }

    #[test]
    fn a_gate_lets_only_one_in() {
        assert!(rings("2+9 2+1 2+2 2-2 2-1 2-9 3+9 3+2 3+1 3-1 3-2 3-9").is_empty());
        assert_eq!(
            rings("2+8 2+1 2+2 2-2 2-1 2-8 3+9 3+2 3+1 3-1 3-2 3-9"),
            [2]
        );
    }

    #[test]
    fn three_philosophers_make_a_ring_of_three() {
        assert_eq!(
            rings("2+1 2+2 2-2 2-1 3+2 3+3 3-3 3-2 4+3 4+1 4-1 4-3"),
            [3]
        );
    }

    #[test]
    fn readers_do_not_keep_each_other_out() {
        assert!(rings("r2+1 r2+2 r2-2 r2-1 r3+2 r3+1 r3-1 r3-2").is_empty());
        assert_eq!(rings("r2+1 2+2 2-2 r2-1 r3+2 3+1 3-1 r3-2"), [2]);
    }
}
