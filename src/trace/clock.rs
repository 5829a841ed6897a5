//! Vector clocks.

use serde::{Deserialize, Serialize};

use super::GoroutineId;

/// How much of each goroutine's past is known; absent entries are 0.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct VectorClock {
    /// Indexed by goroutine id.
    entries: Vec<u32>,
}

impl VectorClock {
    /// The clock that knows nothing.
    pub fn new() -> VectorClock {
        VectorClock::default()
    }

    /// What is known of a goroutine.
    pub fn get(&self, goroutine: GoroutineId) -> u32 {
        self.entries.get(goroutine.0 as usize).copied().unwrap_or(0)
    }

    /// Sets what is known of a goroutine.
    pub fn set(&mut self, goroutine: GoroutineId, value: u32) {
        let index = goroutine.0 as usize;
        if index >= self.entries.len() {
            self.entries.resize(index + 1, 0);
        }
        self.entries[index] = value;
    }

    /// Advances a goroutine's own entry by one and returns it.
    pub fn tick(&mut self, goroutine: GoroutineId) -> u32 {
        let value = self.get(goroutine) + 1;
        self.set(goroutine, value);
        value
    }

    /// Learns all that the other knows. Linear in the other's length.
    pub fn join(&mut self, other: &VectorClock) {
        if other.entries.len() > self.entries.len() {
            self.entries.resize(other.entries.len(), 0);
        }
        for (mine, theirs) in self.entries.iter_mut().zip(&other.entries) {
            *mine = (*mine).max(*theirs);
        }
    }

    /// Whether the other knows all that this one knows.
    pub fn is_before(&self, other: &VectorClock) -> bool {
        self.entries
            .iter()
            .enumerate()
            .all(|(i, &mine)| mine <= other.entries.get(i).copied().unwrap_or(0))
    }

    /// Becomes a copy of the other, keeping its own allocation.
    pub fn copy_from(&mut self, other: &VectorClock) {
        self.entries.clear();
        self.entries.extend_from_slice(&other.entries);
    }

    /// Forgets everything, keeping the allocation.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

impl PartialEq for VectorClock {
    fn eq(&self, other: &VectorClock) -> bool {
        self.is_before(other) && other.is_before(self)
    }
}

impl Eq for VectorClock {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_order() {
        let (g1, g2) = (GoroutineId(1), GoroutineId(2));
        let mut a = VectorClock::new();
        let mut b = VectorClock::new();
        a.tick(g1);
        b.tick(g2);
        assert!(!a.is_before(&b) && !b.is_before(&a));
        b.join(&a);
        assert!(a.is_before(&b) && !b.is_before(&a));
        assert_eq!((b.get(g1), b.get(g2), b.get(GoroutineId(9))), (1, 1, 0));
    }

    #[test]
    fn trailing_zeroes_do_not_matter() {
        let mut a = VectorClock::new();
        a.set(GoroutineId(7), 0);
        assert_eq!(a, VectorClock::new());
    }
}
