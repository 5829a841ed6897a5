//! A growing list whose copies share what they have in common.
//!
//! Invariants: every chunk but the last holds exactly [`CHUNK`] items; a copy costs one reference count
//! per chunk; changing one item copies at most one chunk. There is no removal: nothing in a run ever
//! stops having existed.

use std::rc::Rc;

const CHUNK: usize = 64;

/// A persistent vector: cheap to clone, cheap to change in place when it is not shared.
#[derive(Debug)]
pub struct Shelf<T> {
    chunks: Vec<Rc<Vec<T>>>,
    len: usize,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T> Clone for Shelf<T> {
    fn clone(&self) -> Self {
        Self {
            chunks: self.chunks.clone(),
            len: self.len,
        }
    }
}

impl<T: PartialEq> PartialEq for Shelf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len
            && self
                .chunks
                .iter()
                .zip(&other.chunks)
                .all(|(a, b)| Rc::ptr_eq(a, b) || a == b)
    }
}

impl<T: Eq> Eq for Shelf<T> {}

impl<T> Shelf<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The item at `index`, if there is one.
    pub fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index / CHUNK)?.get(index % CHUNK)
    }

    /// The newest item.
    pub fn last(&self) -> Option<&T> {
        self.chunks.last()?.last()
    }

    /// All items, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The items from `start` on; costs nothing for those before.
    pub fn iter_from(&self, start: usize) -> impl Iterator<Item = &T> {
        let chunk = (start / CHUNK).min(self.chunks.len());
        let within = start - chunk.saturating_mul(CHUNK).min(start);
        self.chunks
            .get(chunk..)
            .unwrap_or_default()
            .iter()
            .flat_map(|chunk| chunk.iter())
            .skip(within)
    }
}

impl<T: Clone> Shelf<T> {
    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(chunk) if chunk.len() < CHUNK => Rc::make_mut(chunk).push(item),
            _ => {
                let mut chunk = Vec::with_capacity(if self.chunks.is_empty() { 4 } else { CHUNK });
                chunk.push(item);
                self.chunks.push(Rc::new(chunk));
            }
        }
        self.len += 1;
    }

    /// The item at `index` to be changed; copies its chunk if another shelf shares it.
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        let chunk = self.chunks.get_mut(index / CHUNK)?;
        if chunk.len() <= index % CHUNK {
            return None;
        }
        Rc::make_mut(chunk).get_mut(index % CHUNK)
    }
}

impl<T: Clone> FromIterator<T> for Shelf<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut shelf = Self::default();
        for item in items {
            shelf.push(item);
        }
        shelf
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_pushed_in_order() {
        let shelf: Shelf<usize> = (0..1000).collect();
        assert_eq!(shelf.len(), 1000);
        assert_eq!(
            shelf.iter().copied().collect::<Vec<_>>(),
            (0..1000).collect::<Vec<_>>()
        );
        assert_eq!(shelf.get(999), Some(&999));
        assert_eq!(shelf.get(1000), None);
        assert_eq!(shelf.last(), Some(&999));
        for start in [0, 1, 63, 64, 65, 640, 999, 1000, 5000] {
            let expected: Vec<usize> = (start..1000).collect();
            assert_eq!(
                shelf.iter_from(start).copied().collect::<Vec<_>>(),
                expected
            );
        }
    }

    #[test]
    fn a_copy_does_not_see_later_changes() {
        let mut shelf: Shelf<usize> = (0..200).collect();
        let before = shelf.clone();
        *shelf.get_mut(130).unwrap() = 7;
        shelf.push(200);
        assert_eq!(before.get(130), Some(&130));
        assert_eq!(before.len(), 200);
        assert_eq!(shelf.get(130), Some(&7));
        assert_ne!(before, shelf);
        assert!(shelf.get_mut(201).is_none());
    }
}
