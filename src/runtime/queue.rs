//! The goroutines and timers that can be picked.

use crate::trace::GoroutineId;

/// Ids in the order in which they became runnable. Taking from the front and adding at the back are
/// O(1) on average; the ids always stand in one slice.
#[derive(Default)]
pub(super) struct RunQueue {
    ids: Vec<GoroutineId>,
    /// Where the queue starts in `ids`; what stands before has been taken.
    start: usize,
}

impl RunQueue {
    pub fn push(&mut self, id: GoroutineId) {
        if self.start > 32 && self.start * 2 > self.ids.len() {
            self.ids.drain(..self.start);
            self.start = 0;
        }
        self.ids.push(id);
    }

    pub fn ids(&self) -> &[GoroutineId] {
        &self.ids[self.start..]
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.ids.len()
    }

    /// Takes the id at an index below the length of [`RunQueue::ids`].
    pub fn take(&mut self, index: usize) -> GoroutineId {
        if index == 0 {
            let id = self.ids[self.start];
            self.start += 1;
            if self.is_empty() {
                self.clear();
            }
            return id;
        }
        self.ids.remove(self.start + index)
    }

    /// Removes an id wherever it stands.
    pub fn remove(&mut self, id: GoroutineId) -> bool {
        match self.ids().iter().position(|&other| other == id) {
            Some(index) => {
                self.take(index);
                true
            }
            None => false,
        }
    }

    pub fn clear(&mut self) {
        self.ids.clear();
        self.start = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_through_compaction() {
        let mut queue = RunQueue::default();
        for i in 0..100 {
            queue.push(GoroutineId(i));
        }
        for i in 0..1_000 {
            assert_eq!(queue.take(0), GoroutineId(i));
            queue.push(GoroutineId(i + 100));
        }
        assert_eq!(queue.ids().len(), 100);
        assert!(queue.ids.len() < 300, "what has been taken is given back");
        assert_eq!(queue.take(5), GoroutineId(1_005));
        assert!(queue.remove(GoroutineId(1_007)) && !queue.remove(GoroutineId(1_007)));
        assert_eq!(
            queue.ids()[4..7],
            [GoroutineId(1_004), GoroutineId(1_006), GoroutineId(1_008)]
        );
    }
}
