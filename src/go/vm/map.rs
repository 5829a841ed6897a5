//! Go maps: entries in insertion order, found through an open-addressed index.
//!
//! Invariants: `meta[i]` belongs to the words `entries[i * stride ..]`; sequence numbers grow along
//! `meta`; every live entry is in `index`; a deleted entry keeps its index cell (as a tombstone) until
//! the next rebuild and its words are zero.
//!
//! Iteration is by sequence number, so that it survives deletion, insertion, rebuilding and `clear`.
//! The specification leaves the order open: where several entries are live, one choice of the scheduler
//! says at which entry (in insertion order) an iteration starts; from there it goes round once. Entries
//! put in while iterating come at the end and are seen only while the walk has not yet turned round.

use super::equality::{
    Leaf, Shape, Shapes, Uncomparable, equal_leaves, hash_bytes, hash_leaves, hash_word,
};
use super::heap::{Heap, Marker, Word};

#[derive(Clone, Copy, Debug)]
struct Meta {
    sequence: u64,
    hash: u32,
    live: bool,
}

/// How keys are hashed and compared.
#[derive(Clone, Debug)]
enum Keys {
    Word,
    Text,
    Leaves(Box<[Leaf]>),
}

/// A map's contents.
#[derive(Clone, Debug)]
pub struct Map {
    key_width: usize,
    value_width: usize,
    scan: bool,
    keys: Keys,
    entries: Vec<Word>,
    meta: Vec<Meta>,
    /// Entry number plus one; 0 is empty. The length is a power of two or 0.
    index: Vec<u32>,
    live: usize,
    next_sequence: u64,
}

/// Where an iteration stands: plain words, so that it can live in registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The sequence number the walk began at.
    pub start: u64,
    /// The next sequence number to visit.
    pub next: u64,
    /// Whether the walk went past the end and began anew.
    pub turned: bool,
}

/// The result of looking a key up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// The entry's number.
    At(usize),
    /// Not there; its hash, to insert it with.
    Missing(u32),
}

impl Map {
    /// An empty map; `hint` entries will fit before it grows.
    pub fn new(key: &Shape, value: &Shape, hint: usize) -> Self {
        let leaves = key.leaves.as_deref().unwrap_or(&[]);
        let keys = match leaves {
            [Leaf::Words { at: 0, count: 1 }] if key.width == 1 => Keys::Word,
            [Leaf::Text { at: 0 }] if key.width == 2 => Keys::Text,
            leaves => Keys::Leaves(leaves.into()),
        };
        let mut map = Map {
            key_width: key.width as usize,
            value_width: value.width as usize,
            scan: key.scan || value.scan,
            keys,
            entries: Vec::new(),
            meta: Vec::new(),
            index: Vec::new(),
            live: 0,
            next_sequence: 0,
        };
        // A hint is no promise: a huge one must not take memory at once.
        let hint = hint.min(1 << 16);
        if hint > 8 {
            map.index = vec![0; (hint * 2).next_power_of_two()];
        }
        map
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// What the contents cost, for the accounting.
    pub fn bytes(&self) -> usize {
        self.entries.len() * 8 + self.meta.len() * 16 + self.index.len() * 4 + 64
    }

    /// Keeps what keys and values point to.
    pub fn mark(&self, marker: &mut Marker) {
        if self.scan {
            marker.words(&self.entries);
        }
    }

    /// Words of a key.
    pub fn key_width(&self) -> usize {
        self.key_width
    }

    /// Words of a value.
    pub fn value_width(&self) -> usize {
        self.value_width
    }

    fn stride(&self) -> usize {
        self.key_width + self.value_width
    }

    /// The key of an entry.
    #[inline]
    pub fn key(&self, entry: usize) -> &[Word] {
        let at = entry * self.stride();
        &self.entries[at..at + self.key_width]
    }

    /// The value of an entry.
    #[inline]
    pub fn value(&self, entry: usize) -> &[Word] {
        let at = entry * self.stride() + self.key_width;
        &self.entries[at..at + self.value_width]
    }

    /// The value of an entry, to be changed.
    #[inline]
    pub fn value_mut(&mut self, entry: usize) -> &mut [Word] {
        let at = entry * self.stride() + self.key_width;
        &mut self.entries[at..at + self.value_width]
    }

    /// Looks a key up. Fails if the key holds a value that cannot be hashed.
    pub fn find(&self, heap: &Heap, shapes: &Shapes, key: &[Word]) -> Result<Find, Uncomparable> {
        match &self.keys {
            Keys::Word => {
                let word = key[0];
                let stride = self.stride();
                Ok(self.probe(hash_word(word), |entry| {
                    self.entries[entry * stride] == word
                }))
            }
            Keys::Text => {
                let bytes = heap.string(key[0], key[1]);
                let same = |entry: usize| {
                    let other = self.key(entry);
                    other[1] == key[1]
                        && (other[0] == key[0] || heap.string(other[0], other[1]) == bytes)
                };
                Ok(self.probe(hash_bytes(bytes), same))
            }
            Keys::Leaves(leaves) => {
                let hash = hash_leaves(heap, shapes, leaves, key)?;
                // Keys in the map were hashed, so they compare without failing.
                let same = |entry: usize| {
                    equal_leaves(heap, shapes, leaves, self.key(entry), key).unwrap_or(false)
                };
                Ok(self.probe(hash, same))
            }
        }
    }

    #[inline]
    fn probe(&self, hash: u32, same: impl Fn(usize) -> bool) -> Find {
        if self.index.is_empty() {
            return Find::Missing(hash);
        }
        let mask = self.index.len() - 1;
        let mut cell = hash as usize & mask;
        loop {
            let entry = self.index[cell];
            if entry == 0 {
                return Find::Missing(hash);
            }
            let entry = entry as usize - 1;
            let meta = &self.meta[entry];
            if meta.hash == hash && meta.live && same(entry) {
                return Find::At(entry);
            }
            cell = (cell + 1) & mask;
        }
    }

    /// Adds a key that is not there, with a zero value; gives the entry's number.
    pub fn insert(&mut self, hash: u32, key: &[Word]) -> usize {
        if (self.meta.len() + 1) * 4 > self.index.len() * 3 {
            self.rebuild();
        }
        let entry = self.meta.len();
        self.entries.extend_from_slice(key);
        self.entries.resize((entry + 1) * self.stride(), 0);
        self.meta.push(Meta {
            sequence: self.next_sequence,
            hash,
            live: true,
        });
        self.next_sequence += 1;
        self.live += 1;
        self.link(entry, hash);
        entry
    }

    fn link(&mut self, entry: usize, hash: u32) {
        let mask = self.index.len() - 1;
        let mut cell = hash as usize & mask;
        while self.index[cell] != 0 {
            cell = (cell + 1) & mask;
        }
        self.index[cell] = entry as u32 + 1;
    }

    /// Drops deleted entries and makes room for as many again.
    fn rebuild(&mut self) {
        let stride = self.stride();
        if self.live < self.meta.len() {
            let mut to = 0;
            for from in 0..self.meta.len() {
                if self.meta[from].live {
                    self.entries
                        .copy_within(from * stride..(from + 1) * stride, to * stride);
                    self.meta[to] = self.meta[from];
                    to += 1;
                }
            }
            self.meta.truncate(to);
            self.entries.truncate(to * stride);
        }
        let cells = ((self.live + 1) * 2).next_power_of_two().max(8);
        self.index.clear();
        self.index.resize(cells, 0);
        for entry in 0..self.meta.len() {
            self.link(entry, self.meta[entry].hash);
        }
    }

    /// Deletes an entry.
    pub fn remove(&mut self, entry: usize) {
        let stride = self.stride();
        self.entries[entry * stride..(entry + 1) * stride].fill(0);
        self.meta[entry].live = false;
        self.live -= 1;
        if self.live == 0 {
            self.clear();
        }
    }

    /// Deletes all entries. Walks under way end.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.meta.clear();
        self.index.fill(0);
        self.live = 0;
    }

    /// Begins a walk at the live entry number `start` of `len()` in insertion order.
    pub fn walk(&self, start: usize) -> Cursor {
        let mut live = self.meta.iter().filter(|meta| meta.live);
        let sequence = live
            .nth(start)
            .map_or(self.next_sequence, |meta| meta.sequence);
        Cursor {
            start: sequence,
            next: sequence,
            turned: false,
        }
    }

    /// The entry a walk comes to next; `None` at its end.
    pub fn step(&self, cursor: &mut Cursor) -> Option<usize> {
        loop {
            let mut entry = self.position(cursor.next);
            while self.meta.get(entry).is_some_and(|meta| !meta.live) {
                entry += 1;
            }
            match self.meta.get(entry) {
                Some(meta) if cursor.turned && meta.sequence >= cursor.start => return None,
                Some(meta) => {
                    cursor.next = meta.sequence + 1;
                    return Some(entry);
                }
                None if cursor.turned || cursor.start == 0 => return None,
                None => {
                    cursor.turned = true;
                    cursor.next = 0;
                }
            }
        }
    }

    /// The first entry whose sequence number is at least `sequence`.
    fn position(&self, sequence: u64) -> usize {
        // Without deletions numbers and positions differ by a constant.
        if let Some(first) = self.meta.first() {
            let guess = sequence.saturating_sub(first.sequence) as usize;
            match self.meta.get(guess) {
                Some(meta) if meta.sequence == sequence => return guess,
                _ => {}
            }
        }
        self.meta.partition_point(|meta| meta.sequence < sequence)
    }

    /// The entries in insertion order.
    pub fn entries(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.meta.len()).filter(|&entry| self.meta[entry].live)
    }
}

#[cfg(test)]
mod tests {
    use super::super::equality::tests::shapes;
    use super::*;

    fn put(map: &mut Map, key: Word, value: Word) {
        let entry = match map.find(&Heap::new(), &shapes(), &[key]).unwrap() {
            Find::At(entry) => entry,
            Find::Missing(hash) => map.insert(hash, &[key]),
        };
        map.value_mut(entry)[0] = value;
    }

    fn get(map: &Map, key: Word) -> Option<Word> {
        match map.find(&Heap::new(), &shapes(), &[key]).unwrap() {
            Find::At(entry) => Some(map.value(entry)[0]),
            Find::Missing(_) => None,
        }
    }

    fn delete(map: &mut Map, key: Word) {
        if let Find::At(entry) = map.find(&Heap::new(), &shapes(), &[key]).unwrap() {
            map.remove(entry);
        }
    }

    fn numbers() -> Map {
        let shapes = shapes();
        Map::new(shapes.get(1), shapes.get(1), 0)
    }

    fn walk(map: &Map, start: usize) -> Vec<Word> {
        let mut cursor = map.walk(start);
        std::iter::from_fn(|| map.step(&mut cursor).map(|entry| map.key(entry)[0])).collect()
    }

    #[test]
    fn finds_what_was_put_in_among_deletions() {
        let mut map = numbers();
        for key in 0..1000 {
            put(&mut map, key, key * 2);
        }
        for key in (0..1000).step_by(3) {
            delete(&mut map, key);
        }
        for key in 1000..2000 {
            put(&mut map, key, key * 2);
        }
        for key in 0..2000 {
            let expected = if key < 1000 && key % 3 == 0 {
                None
            } else {
                Some(key * 2)
            };
            assert_eq!(get(&map, key), expected);
        }
        assert_eq!(map.len(), 1666);
    }

    #[test]
    fn walks_round_once_from_any_start() {
        let mut map = numbers();
        for key in [5, 6, 7, 8] {
            put(&mut map, key, 0);
        }
        delete(&mut map, 6);
        assert_eq!(walk(&map, 0), [5, 7, 8]);
        assert_eq!(walk(&map, 1), [7, 8, 5]);
        assert_eq!(walk(&map, 2), [8, 5, 7]);
    }

    #[test]
    fn a_walk_survives_changes() {
        let mut map = numbers();
        for key in 0..4 {
            put(&mut map, key, 0);
        }
        let mut cursor = map.walk(1);
        assert_eq!(map.step(&mut cursor), Some(1));
        delete(&mut map, 2);
        // Enough to rebuild several times.
        for key in 10..100 {
            put(&mut map, key, 0);
        }
        let mut seen = Vec::new();
        while let Some(entry) = map.step(&mut cursor) {
            seen.push(map.key(entry)[0]);
        }
        let expected: Vec<Word> = [3].into_iter().chain(10..100).chain([0]).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn clearing_ends_a_walk() {
        let mut map = numbers();
        put(&mut map, 1, 0);
        put(&mut map, 2, 0);
        let mut cursor = map.walk(0);
        map.step(&mut cursor);
        map.clear();
        assert_eq!(map.step(&mut cursor), None);
        assert!(map.is_empty());
    }

    #[test]
    fn each_nan_is_a_key_of_its_own_and_interfaces_may_be_unhashable() {
        let shapes = shapes();
        let heap = Heap::new();
        let mut map = Map::new(shapes.get(3), shapes.get(1), 0);
        let nan = [f64::NAN.to_bits()];
        for _ in 0..3 {
            match map.find(&heap, &shapes, &nan).unwrap() {
                Find::Missing(hash) => map.insert(hash, &nan),
                Find::At(entry) => entry,
            };
        }
        assert_eq!(map.len(), 3);
        let any = Map::new(shapes.get(5), shapes.get(1), 0);
        assert!(any.find(&heap, &shapes, &[4, 0]).is_err());
    }
}
