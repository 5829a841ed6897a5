//! Small ordered maps and sets, kept in one sorted vector.
//!
//! The tree maps of the standard library cost some kilobytes of code for each type they hold, and the
//! page is downloaded. What the views hold is small, or grows at its end.
//! Invariant: the entries are in ascending order of their keys, each key once.
//! Complexity: finding is logarithmic; adding is linear in what comes after.

/// A map from keys to values.
#[derive(Clone, PartialEq, Debug)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map { entries: Vec::new() }
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Without entries.
    pub fn new() -> Map<K, V> {
        Map::default()
    }

    fn find(&self, key: &K) -> Result<usize, usize> {
        // Most keys are added in their order.
        if self.entries.last().is_some_and(|last| last.0 < *key) {
            return Err(self.entries.len());
        }
        self.entries.binary_search_by(|entry| entry.0.cmp(key))
    }

    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let at = self.find(key).ok()?;
        self.entries.get(at).map(|entry| &entry.1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.find(key).ok()?;
        self.entries.get_mut(at).map(|entry| &mut entry.1)
    }

    /// Whether there is such a key.
    pub fn contains(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    /// Sets the value of a key; returns whether the key is new.
    pub fn insert(&mut self, key: K, value: V) -> bool {
        match self.find(&key) {
            Ok(at) => {
                self.entries[at].1 = value;
                false
            }
            Err(at) => {
                self.entries.insert(at, (key, value));
                true
            }
        }
    }

    /// The value of a key, which is given one if it has none.
    pub fn or_insert(&mut self, key: K, value: V) -> &mut V {
        let at = match self.find(&key) {
            Ok(at) => at,
            Err(at) => {
                self.entries.insert(at, (key, value));
                at
            }
        };
        &mut self.entries[at].1
    }

    /// Takes a key out, with its value.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.find(key).ok()?;
        Some(self.entries.remove(at).1)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All entries, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.entries.iter()
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|entry| &entry.1)
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// A set of keys.
pub type Set<K> = Map<K, ()>;

impl<K: Ord> Set<K> {
    /// Adds a key; returns whether it is new.
    pub fn add(&mut self, key: K) -> bool {
        self.insert(key, ())
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.entries.iter().map(|entry| &entry.0)
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut set = Set::new();
        for key in keys {
            set.add(key);
        }
        set
    }
}

/// Sorts a few items in place, keeping equal ones in their order; quadratic.
pub fn sort_few<T>(items: &mut [T], before: &dyn Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && before(&items[at], &items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn does_what_a_tree_map_does() {
        let (mut small, mut tree) = (Map::new(), BTreeMap::new());
        let mut seed = 1u32;
        for _ in 0..2000 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let (key, value) = ((seed >> 8) % 97, seed >> 20);
            match seed % 4 {
                0 => assert_eq!(small.insert(key, value), tree.insert(key, value).is_none()),
                1 => assert_eq!(small.remove(&key), tree.remove(&key)),
                2 => {
                    *small.or_insert(key, 0) += 1;
                    *tree.entry(key).or_insert(0) += 1;
                }
                _ => assert_eq!(small.get(&key), tree.get(&key)),
            }
            assert_eq!(small.len(), tree.len());
        }
        assert!(small.iter().map(|(k, v)| (k, v)).eq(tree.iter()));
    }

    #[test]
    fn sorting_keeps_equal_items_in_order() {
        let mut items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')];
        sort_few(&mut items, &|a, b| a.0 < b.0);
        assert_eq!(items, [(0, 'e'), (1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
