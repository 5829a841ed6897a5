//! The heap of a Go program: an arena of objects named by handles, and its collector.
//!
//! A pointer word is a handle in the high 32 bits (0 is nil) and an offset in the low 32, counted in
//! words for [`Object::Words`] and in bytes for [`Object::Bytes`].
//!
//! Invariants: handle 0 is never allocated; a handle is reused only after the collector found nothing
//! that could name it; which handle an allocation gets depends on the program and its schedule alone.
//! The collector is conservative: every scanned word whose high half names an object keeps that object
//! alive. Small integers, floats and durations practically never look like handles, so this costs
//! nothing worth a layout per type; objects known to hold no pointers are not scanned at all.
//!
//! Deliberately absent: moving, finalizers, host addresses.

use super::map::Map;
use super::native::object::Native;

/// One machine word.
pub type Word = u64;

/// What every object costs beside its contents, for the accounting; fixed, so that native and wasm agree.
const OBJECT_BYTES: usize = 32;
/// The collector never runs below this many bytes of growth.
const SMALLEST_GROWTH: usize = 4 << 20;

/// The handle in a pointer word.
#[inline(always)]
pub fn handle(pointer: Word) -> u32 {
    (pointer >> 32) as u32
}

/// The offset in a pointer word.
#[inline(always)]
pub fn offset(pointer: Word) -> usize {
    pointer as u32 as usize
}

/// The pointer word to `offset` in the object `handle`.
#[inline(always)]
pub fn pointer(handle: u32, offset: usize) -> Word {
    (Word::from(handle) << 32) | offset as Word
}

/// One object of the arena.
#[derive(Debug)]
pub enum Object {
    /// A free slot, holding the next free handle (0 at the end of the list).
    Free(u32),
    /// A variable, array, box or closure.
    Words {
        /// Whether any word may be a reference.
        scan: bool,
        words: Box<[Word]>,
    },
    /// The bytes of strings, immutable.
    Bytes(Box<[u8]>),
    /// Bytes that grow: the buffer of a `strings.Builder`.
    Buffer(Vec<u8>),
    Map(Box<Map>),
    /// A channel, lock, timer and the like, kept by `sync`.
    Native(Box<Native>),
}

impl Object {
    fn bytes(&self) -> usize {
        OBJECT_BYTES
            + match self {
                Object::Free(_) => 0,
                Object::Words { words, .. } => words.len() * 8,
                Object::Bytes(bytes) => bytes.len(),
                Object::Buffer(bytes) => bytes.len(),
                Object::Map(map) => map.bytes(),
                Object::Native(native) => native.bytes(),
            }
    }
}

/// Collects what is reachable: handed to those who hold roots.
pub struct Marker {
    marks: Vec<u64>,
    grey: Vec<u32>,
    limit: u32,
}

impl Marker {
    /// Keeps what `word` points to, if it is a pointer.
    #[inline]
    pub fn word(&mut self, word: Word) {
        let handle = handle(word);
        if handle == 0 || handle >= self.limit {
            return;
        }
        let (cell, bit) = (handle as usize / 64, 1u64 << (handle % 64));
        if self.marks[cell] & bit == 0 {
            self.marks[cell] |= bit;
            self.grey.push(handle);
        }
    }

    /// Keeps everything that `words` point to.
    pub fn words(&mut self, words: &[Word]) {
        for &word in words {
            self.word(word);
        }
    }
}

/// The arena.
#[derive(Debug)]
pub struct Heap {
    objects: Vec<Object>,
    /// First free handle, 0 if none.
    free: u32,
    /// Bytes in use, live or not yet collected.
    bytes: usize,
    /// The collector is due when `bytes` passes this.
    threshold: usize,
    /// All bytes ever allocated.
    total_bytes: u64,
    /// All objects ever allocated.
    total_objects: u64,
    /// Collections run.
    collections: u32,
    /// Writes are noted in `dirty` when the recorder shows variables.
    watching: bool,
    /// One bit per handle: some shown variable's text depends on it.
    watched: Vec<u64>,
    dirty: Vec<u32>,
    /// Whether objects are numbered.
    numbering: bool,
    /// The serial number of each handle's object, 0 before it was asked for.
    serials: Vec<u32>,
    next_serial: u32,
}

impl Default for Heap {
    fn default() -> Self {
        Self::new()
    }
}

impl Heap {
    pub fn new() -> Self {
        Heap {
            objects: vec![Object::Free(0)],
            free: 0,
            bytes: 0,
            threshold: SMALLEST_GROWTH,
            total_bytes: 0,
            total_objects: 0,
            collections: 0,
            watching: false,
            watched: Vec::new(),
            dirty: Vec::new(),
            numbering: false,
            serials: Vec::new(),
            next_serial: 1,
        }
    }

    /// Bytes in use, including what the next collection may free.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Bytes and objects ever allocated, and collections run.
    pub fn totals(&self) -> (u64, u64, u32) {
        (self.total_bytes, self.total_objects, self.collections)
    }

    /// How many objects are in use.
    pub fn count(&self) -> usize {
        self.objects
            .iter()
            .filter(|object| !matches!(object, Object::Free(_)))
            .count()
    }

    /// Whether a collection is due.
    #[inline(always)]
    pub fn is_due(&self) -> bool {
        self.bytes > self.threshold
    }

    /// Puts an object into the arena.
    pub fn allocate(&mut self, object: Object) -> u32 {
        let size = object.bytes();
        self.bytes += size;
        self.total_bytes += size as u64;
        self.total_objects += 1;
        if self.free != 0 {
            let handle = self.free;
            let slot = &mut self.objects[handle as usize];
            if let Object::Free(next) = *slot {
                self.free = next;
            }
            *slot = object;
            if self.numbering
                && let Some(serial) = self.serials.get_mut(handle as usize)
            {
                *serial = 0;
            }
            handle
        } else {
            self.objects.push(object);
            (self.objects.len() - 1) as u32
        }
    }

    /// A zeroed object of `count` words.
    pub fn new_words(&mut self, count: usize, scan: bool) -> u32 {
        self.allocate(Object::Words {
            scan,
            words: vec![0; count].into_boxed_slice(),
        })
    }

    /// An object holding these words.
    pub fn box_words(&mut self, words: &[Word], scan: bool) -> u32 {
        self.allocate(Object::Words {
            scan,
            words: words.into(),
        })
    }

    /// A string of these bytes: pointer and length.
    pub fn new_string(&mut self, bytes: &[u8]) -> (Word, Word) {
        if bytes.is_empty() {
            return (0, 0);
        }
        let handle = self.allocate(Object::Bytes(bytes.into()));
        (pointer(handle, 0), bytes.len() as Word)
    }

    /// A string that takes over the bytes.
    pub fn own_string(&mut self, bytes: Vec<u8>) -> (Word, Word) {
        if bytes.is_empty() {
            return (0, 0);
        }
        let length = bytes.len() as Word;
        let handle = self.allocate(Object::Bytes(bytes.into_boxed_slice()));
        (pointer(handle, 0), length)
    }

    /// The object itself.
    #[inline(always)]
    pub fn get(&self, handle: u32) -> &Object {
        &self.objects[handle as usize]
    }

    /// The object itself, to be changed.
    #[inline(always)]
    pub fn get_mut(&mut self, handle: u32) -> &mut Object {
        &mut self.objects[handle as usize]
    }

    /// The words of an object; empty for other kinds.
    #[inline(always)]
    pub fn words(&self, handle: u32) -> &[Word] {
        match self.objects.get(handle as usize) {
            Some(Object::Words { words, .. }) => words,
            _ => &[],
        }
    }

    /// The words of an object to be written; empty for other kinds.
    #[inline(always)]
    pub fn words_mut(&mut self, handle: u32) -> &mut [Word] {
        if self.watching {
            self.touch(handle);
        }
        match self.objects.get_mut(handle as usize) {
            Some(Object::Words { words, .. }) => words,
            _ => &mut [],
        }
    }

    /// Reads the word at a pointer; 0 if it points nowhere, as only package unsafe can make it.
    #[inline(always)]
    pub fn load(&self, at: Word) -> Word {
        self.words(handle(at)).get(offset(at)).copied().unwrap_or(0)
    }

    /// Writes the word at a pointer, if it points somewhere.
    #[inline(always)]
    pub fn store(&mut self, at: Word, word: Word) {
        if let Some(place) = self.words_mut(handle(at)).get_mut(offset(at)) {
            *place = word;
        }
    }

    /// `count` words at a pointer; `None` if they are not there.
    #[inline]
    pub fn try_slice(&self, at: Word, count: usize) -> Option<&[Word]> {
        self.words(handle(at)).get(offset(at)..offset(at) + count)
    }

    /// `count` words at a pointer, to be written; `None` if they are not there.
    #[inline]
    pub fn try_slice_mut(&mut self, at: Word, count: usize) -> Option<&mut [Word]> {
        self.words_mut(handle(at))
            .get_mut(offset(at)..offset(at) + count)
    }

    /// `count` words at a pointer; `count` may be 0 for a nil pointer.
    #[inline]
    pub fn slice(&self, at: Word, count: usize) -> &[Word] {
        if count == 0 {
            return &[];
        }
        &self.words(handle(at))[offset(at)..offset(at) + count]
    }

    /// `count` words at a pointer, to be written.
    #[inline]
    pub fn slice_mut(&mut self, at: Word, count: usize) -> &mut [Word] {
        if count == 0 {
            return &mut [];
        }
        &mut self.words_mut(handle(at))[offset(at)..offset(at) + count]
    }

    /// Copies `count` words within the heap, as `copy` does: the ranges may overlap.
    pub fn copy(&mut self, to: Word, from: Word, count: usize) {
        if count == 0 || to == from {
            return;
        }
        if handle(to) == handle(from) {
            let (to_at, from_at) = (offset(to), offset(from));
            self.words_mut(handle(to))
                .copy_within(from_at..from_at + count, to_at);
            return;
        }
        // Taking the target out leaves both sides free to be borrowed.
        let target = handle(to);
        if self.watching {
            self.touch(target);
        }
        let mut taken = std::mem::replace(&mut self.objects[target as usize], Object::Free(0));
        if let Object::Words { words, .. } = &mut taken {
            words[offset(to)..offset(to) + count].copy_from_slice(self.slice(from, count));
        }
        self.objects[target as usize] = taken;
    }

    /// The bytes of a string.
    #[inline]
    pub fn string(&self, at: Word, length: Word) -> &[u8] {
        if length == 0 {
            return &[];
        }
        let bytes: &[u8] = match self.objects.get(handle(at) as usize) {
            Some(Object::Bytes(bytes)) => bytes,
            Some(Object::Buffer(bytes)) => bytes,
            _ => &[],
        };
        // Only package unsafe can make a string that is not there.
        bytes
            .get(offset(at)..offset(at).saturating_add(length as usize))
            .unwrap_or(&[])
    }

    /// The bytes of a string as text, with what is not UTF-8 replaced.
    pub fn text(&self, at: Word, length: Word) -> String {
        String::from_utf8_lossy(self.string(at, length)).into_owned()
    }

    /// The map behind a map word, `None` for nil.
    #[inline]
    pub fn map(&self, word: Word) -> Option<&Map> {
        match self.objects.get(handle(word) as usize) {
            Some(Object::Map(map)) => Some(map),
            _ => None,
        }
    }

    /// Changes a map, keeping the accounting right.
    #[inline]
    pub fn change_map<R>(&mut self, word: Word, change: impl FnOnce(&mut Map) -> R) -> Option<R> {
        if self.watching {
            self.touch(handle(word));
        }
        let Object::Map(map) = &mut self.objects[handle(word) as usize] else {
            return None;
        };
        let before = map.bytes();
        let result = change(map);
        let after = map.bytes();
        self.resized(before, after);
        Some(result)
    }

    /// Appends to a buffer object.
    pub fn append_buffer(&mut self, at: u32, more: &[u8]) {
        if let Object::Buffer(bytes) = &mut self.objects[at as usize] {
            bytes.extend_from_slice(more);
            self.resized(0, more.len());
        }
    }

    /// Appends a string of the heap to a buffer object.
    pub fn append_string(&mut self, at: u32, text: Word, length: Word) {
        let mut taken = std::mem::replace(&mut self.objects[at as usize], Object::Free(0));
        if let Object::Buffer(bytes) = &mut taken {
            bytes.extend_from_slice(self.string(text, length));
        }
        self.objects[at as usize] = taken;
        self.resized(0, length as usize);
    }

    /// Tells the accounting that an object's contents changed size.
    fn resized(&mut self, before: usize, after: usize) {
        if after > before {
            self.total_bytes += (after - before) as u64;
        }
        self.bytes = (self.bytes + after).saturating_sub(before);
    }

    /// The native object behind a handle.
    pub fn native(&self, handle: u32) -> Option<&Native> {
        match self.objects.get(handle as usize) {
            Some(Object::Native(native)) => Some(native),
            _ => None,
        }
    }

    /// The native object behind a handle, to be changed.
    pub fn native_mut(&mut self, handle: u32) -> Option<&mut Native> {
        match &mut self.objects[handle as usize] {
            Object::Native(native) => Some(native),
            _ => None,
        }
    }

    /// Frees what cannot be reached from the roots that `roots` reports.
    pub fn collect(&mut self, roots: impl FnOnce(&mut Marker)) {
        let mut marker = Marker {
            marks: vec![0; self.objects.len() / 64 + 1],
            grey: Vec::new(),
            limit: self.objects.len() as u32,
        };
        roots(&mut marker);
        while let Some(handle) = marker.grey.pop() {
            match &self.objects[handle as usize] {
                Object::Words { scan: true, words } => marker.words(words),
                Object::Map(map) => map.mark(&mut marker),
                Object::Native(native) => native.mark(&mut marker),
                _ => {}
            }
        }
        self.sweep(&marker.marks);
        self.collections += 1;
        self.threshold = self.bytes + self.bytes.max(SMALLEST_GROWTH);
    }

    fn sweep(&mut self, marks: &[u64]) {
        self.bytes = 0;
        self.free = 0;
        // Downwards, so that the free list hands out low handles first.
        for handle in (1..self.objects.len()).rev() {
            let object = &mut self.objects[handle];
            let marked = marks[handle / 64] & (1 << (handle % 64)) != 0;
            // A stale word may have marked a slot that was free already.
            if !marked || matches!(object, Object::Free(_)) {
                *object = Object::Free(self.free);
                self.free = handle as u32;
            } else {
                self.bytes += object.bytes();
            }
        }
    }

    /// Begins to number objects.
    pub fn number_objects(&mut self) {
        self.numbering = true;
    }

    /// A number for the word that a pointer points to: the same throughout a run, for no other word.
    pub fn place(&mut self, at: Word) -> u64 {
        let index = handle(at) as usize;
        if self.serials.len() <= index {
            self.serials.resize(index + 1, 0);
        }
        let serial = &mut self.serials[index];
        if *serial == 0 {
            *serial = self.next_serial;
            self.next_serial += 1;
        }
        u64::from(*serial) << 32 | offset(at) as u64
    }

    /// Starts or stops noting writes to watched objects.
    pub fn watch_writes(&mut self, on: bool) {
        self.watching = on;
    }

    /// From now on a write to `handle` is noted, once.
    pub fn watch(&mut self, handle: u32) {
        let cell = handle as usize / 64;
        if self.watched.len() <= cell {
            self.watched.resize(cell + 1, 0);
        }
        self.watched[cell] |= 1 << (handle % 64);
    }

    /// Notes a write to `handle`, if it is watched.
    pub fn touch(&mut self, handle: u32) {
        if let Some(cell) = self.watched.get_mut(handle as usize / 64) {
            let bit = 1 << (handle % 64);
            if *cell & bit != 0 {
                *cell &= !bit;
                self.dirty.push(handle);
            }
        }
    }

    /// The watched objects written since the last call, each once, in the order of the first writes.
    pub fn take_dirty(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.dirty)
    }

    /// Whether any watched object was written.
    pub fn has_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collects_what_nothing_reaches() {
        let mut heap = Heap::new();
        let inner = heap.new_words(1, false);
        let outer = heap.box_words(&[pointer(inner, 0)], true);
        let lost = heap.new_words(100, true);
        assert_eq!(heap.count(), 3);
        let before = heap.bytes();
        heap.collect(|marker| marker.word(pointer(outer, 0)));
        assert_eq!(heap.count(), 2);
        assert_eq!(before - heap.bytes(), 832);
        assert_eq!(
            heap.new_words(1, false),
            lost,
            "the freed handle is used again"
        );
    }

    #[test]
    fn collects_cycles_and_keeps_interior_pointers() {
        let mut heap = Heap::new();
        let a = heap.new_words(2, true);
        let b = heap.new_words(2, true);
        heap.store(pointer(a, 0), pointer(b, 1));
        heap.store(pointer(b, 0), pointer(a, 1));
        heap.collect(|marker| marker.word(pointer(a, 1)));
        assert_eq!(heap.count(), 2);
        heap.collect(|_| {});
        assert_eq!((heap.count(), heap.bytes()), (0, 0));
    }

    #[test]
    fn does_not_scan_scalars() {
        let mut heap = Heap::new();
        let kept = heap.new_words(1, false);
        let numbers = heap.box_words(&[pointer(kept, 0)], false);
        heap.collect(|marker| marker.word(pointer(numbers, 0)));
        assert_eq!(heap.count(), 1);
    }

    #[test]
    fn copies_between_and_within_objects() {
        let mut heap = Heap::new();
        let a = heap.box_words(&[1, 2, 3, 4], false);
        let b = heap.new_words(4, false);
        heap.copy(pointer(b, 1), pointer(a, 0), 3);
        assert_eq!(heap.words(b), [0, 1, 2, 3]);
        heap.copy(pointer(a, 1), pointer(a, 0), 3);
        assert_eq!(heap.words(a), [1, 1, 2, 3]);
    }

    #[test]
    fn notes_writes_to_watched_objects_once() {
        let mut heap = Heap::new();
        let (a, b) = (heap.new_words(1, false), heap.new_words(1, false));
        heap.watch_writes(true);
        heap.watch(a);
        heap.store(pointer(b, 0), 1);
        heap.store(pointer(a, 0), 1);
        heap.store(pointer(a, 0), 2);
        assert_eq!(heap.take_dirty(), [a]);
        heap.store(pointer(a, 0), 3);
        assert!(!heap.has_dirty(), "rendering watches again");
    }

    #[test]
    fn strings_share_their_bytes() {
        let mut heap = Heap::new();
        let (at, length) = heap.new_string(b"hello");
        assert_eq!(heap.string(at, length), b"hello");
        assert_eq!(heap.string(at + 1, 3), b"ell");
        assert_eq!(heap.new_string(b""), (0, 0));
    }
}
