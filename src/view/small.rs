//! Small ordered maps and sets, kept in one sorted vector.
//!
//! The tree maps of the standard library cost some kilobytes of code for each type they hold, and the
//! page is downloaded. What the views hold is small, or grows at its end.
//! Invariant: the entries are in ascending order of their keys, each key once.
//! Complexity: finding is logarithmic; adding is linear in what comes after.

/// A map from keys to values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Map<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Map {
            entries: Vec::new(),
        }
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
    pub fn contains_key(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    /// Sets the value of a key.
    pub fn insert(&mut self, key: K, value: V) {
        match self.find(&key) {
            Ok(at) => self.entries[at].1 = value,
            Err(at) => self.entries.insert(at, (key, value)),
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

    /// The value of a key, which begins with the default.
    pub fn slot(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.or_insert(key, V::default())
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
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.entries.iter().map(|entry| (&entry.0, &entry.1))
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> {
        self.entries.iter().map(|entry| &entry.0)
    }

    /// All values, in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> {
        self.entries.iter().map(|entry| &entry.1)
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Map::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
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
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Set<K> {
    keys: Vec<K>,
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Set { keys: Vec::new() }
    }
}

impl<K: Ord> Set<K> {
    /// Without keys.
    pub fn new() -> Set<K> {
        Set::default()
    }

    fn find(&self, key: &K) -> Result<usize, usize> {
        if self.keys.last().is_some_and(|last| last < key) {
            return Err(self.keys.len());
        }
        self.keys.binary_search(key)
    }

    /// Whether the key is there.
    pub fn contains(&self, key: &K) -> bool {
        self.find(key).is_ok()
    }

    /// Adds a key; returns whether it is new.
    pub fn insert(&mut self, key: K) -> bool {
        let place = self.find(&key);
        if let Err(at) = place {
            self.keys.insert(at, key);
        }
        place.is_err()
    }

    /// Takes a key out; returns whether it was there.
    pub fn remove(&mut self, key: &K) -> bool {
        let place = self.find(key);
        if let Ok(at) = place {
            self.keys.remove(at);
        }
        place.is_ok()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// All keys, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, K> {
        self.keys.iter()
    }
}

impl<K: Ord> Extend<K> for Set<K> {
    fn extend<I: IntoIterator<Item = K>>(&mut self, keys: I) {
        for key in keys {
            self.insert(key);
        }
    }
}

impl<K: Ord> FromIterator<K> for Set<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut set = Set::new();
        set.extend(keys);
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
                0 => {
                    small.insert(key, value);
                    tree.insert(key, value);
                }
                1 => assert_eq!(small.remove(&key), tree.remove(&key)),
                2 => {
                    *small.slot(key) += 1;
                    *tree.entry(key).or_insert(0) += 1;
                }
                _ => assert_eq!(small.get(&key), tree.get(&key)),
            }
            assert_eq!(small.len(), tree.len());
        }
        assert!(small.iter().eq(tree.iter()));
    }

    #[test]
    fn sorting_keeps_equal_items_in_order() {
        let mut items = [(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd'), (0, 'e')];
        sort_few(&mut items, &|a, b| a.0 < b.0);
        assert_eq!(items, [(0, 'e'), (1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }
}
