//! Data races: two accesses of one variable, at least one a write, that nothing orders.
//!
//! FastTrack (Flanagan and Freund 2009): of each variable the last write is kept as an epoch (who, and the
//! goroutine's own clock then), and the reads since as one epoch, or one for each goroutine when they are
//! concurrent. The order is the Go memory model's of June 2022, told from outside as releases and
//! acquires.
//!
//! Invariants:
//! - A race is reported only between two accesses that really were made and that no chain of
//!   synchronisation orders: no false alarms in the run that was observed.
//! - The first race on each pair of places in the source is kept, later ones are counted.
//! - Past [`MOST_GOROUTINES`] goroutines or [`MOST_PLACES`] variables nothing more is looked at, since clocks
//!   grow with the square of the goroutines; [`RaceDetector::has_given_up`] says so.
//!
//! Deliberately absent: where the accesses come from, and what a variable is. A number is a variable.

use std::collections::BTreeMap;

use crate::trace::{GoroutineId, MemoryMode, ObjectId, SourceMap, Span, VectorClock};

/// One access of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Access {
    /// Whose.
    pub goroutine: GoroutineId,
    /// How.
    pub mode: MemoryMode,
    /// Where.
    pub span: Span,
}

impl Access {
    fn is_write(&self) -> bool {
        matches!(self.mode, MemoryMode::Write | MemoryMode::MapWrite)
    }

    fn words(&self) -> &'static str {
        match self.mode {
            MemoryMode::Read => "reads",
            MemoryMode::Write => "writes",
            MemoryMode::MapRead => "reads the map",
            MemoryMode::MapWrite => "writes the map",
        }
    }
}

/// Two accesses that nothing orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Race {
    /// The variable.
    pub place: u64,
    /// The earlier access of this run.
    pub first: Access,
    /// The later one.
    pub second: Access,
    /// How often two accesses at these places raced.
    pub count: u64,
}

impl Race {
    /// The race in a sentence; `name` is what the program calls the variable.
    pub fn words(&self, name: &str, sources: &SourceMap) -> String {
        let place = |access: &Access| sources.describe(access.span);
        format!(
            "{} {} {name} at {}, {} {} it at {}, and nothing orders the two: \
             no lock, channel or wait group lies between them",
            self.first.goroutine,
            self.first.words(),
            place(&self.first),
            self.second.goroutine,
            self.second.words(),
            place(&self.second),
        )
    }
}

/// An access with the goroutine's own clock then.
#[derive(Clone, Copy, Debug)]
struct Epoch {
    access: Access,
    clock: u32,
}

impl Epoch {
    /// Whether all that a clock knows includes this access.
    fn is_known_to(&self, clock: &VectorClock) -> bool {
        self.clock <= clock.get(self.access.goroutine)
    }
}

/// What is kept of a variable.
#[derive(Clone, Debug, Default)]
struct Shadow {
    write: Option<Epoch>,
    /// Reads since that write: one when each knew the one before, else one for each goroutine.
    reads: Vec<Epoch>,
}

/// Runs with more goroutines are not followed.
pub const MOST_GOROUTINES: u32 = 1500;
/// No more variables than this are followed.
pub const MOST_PLACES: usize = 200_000;

/// Follows the happens-before order of one run.
#[derive(Clone, Debug, Default)]
pub struct RaceDetector {
    clocks: Vec<VectorClock>,
    syncs: BTreeMap<(ObjectId, u32), VectorClock>,
    shadows: BTreeMap<u64, Shadow>,
    races: Vec<Race>,
    /// Races by the places in the source of both accesses.
    known: BTreeMap<(Span, Span), usize>,
    gave_up: bool,
}

impl RaceDetector {
    /// A run in which nothing has happened.
    pub fn new() -> Self {
        Self::default()
    }

    /// All races found so far, in the order of finding.
    pub fn races(&self) -> &[Race] {
        &self.races
    }

    /// Forgets the run, keeping allocations.
    pub fn clear(&mut self) {
        self.clocks.clear();
        self.syncs.clear();
        self.shadows.clear();
        self.races.clear();
        self.known.clear();
        self.gave_up = false;
    }

    /// Whether the run grew too large to be followed to its end.
    pub fn has_given_up(&self) -> bool {
        self.gave_up
    }

    /// Whether the goroutine is followed.
    fn follows(&mut self, goroutine: GoroutineId) -> bool {
        self.gave_up |= goroutine.0 > MOST_GOROUTINES;
        !self.gave_up
    }

    /// The goroutine's clock; its own entry counts from 1, so that 0 is before everything.
    fn clock(&mut self, goroutine: GoroutineId) -> &mut VectorClock {
        let index = goroutine.0 as usize;
        while self.clocks.len() <= index {
            let id = GoroutineId(self.clocks.len() as u32);
            let mut clock = VectorClock::new();
            clock.set(id, 1);
            self.clocks.push(clock);
        }
        &mut self.clocks[index]
    }

    /// `goroutine` learns all that was released into a sync object.
    pub fn acquire(&mut self, goroutine: GoroutineId, object: ObjectId, slot: u32) {
        if !self.follows(goroutine) {
            return;
        }
        if let Some(sync) = self.syncs.remove(&(object, slot)) {
            self.clock(goroutine).join(&sync);
            self.syncs.insert((object, slot), sync);
        }
    }

    /// The goroutine's past becomes part of a sync object.
    pub fn release(&mut self, goroutine: GoroutineId, object: ObjectId, slot: u32) {
        if !self.follows(goroutine) {
            return;
        }
        let mut sync = self.syncs.remove(&(object, slot)).unwrap_or_default();
        sync.join(self.clock(goroutine));
        self.syncs.insert((object, slot), sync);
        self.clock(goroutine).tick(goroutine);
    }

    /// Another goroutine learns this one's past.
    pub fn tell(&mut self, from: GoroutineId, to: GoroutineId) {
        if from == to || !self.follows(from.max(to)) {
            return;
        }
        let past = self.clock(from).clone();
        self.clock(to).join(&past);
        self.clock(from).tick(from);
    }

    /// A variable is read or written.
    pub fn access(&mut self, place: u64, access: Access) {
        let goroutine = access.goroutine;
        if !self.follows(goroutine) {
            return;
        }
        if self.shadows.len() >= MOST_PLACES && !self.shadows.contains_key(&place) {
            self.gave_up = true;
            return;
        }
        let epoch = Epoch {
            access,
            clock: self.clock(goroutine).get(goroutine),
        };
        let shadow = self.shadows.entry(place).or_default();
        // `clock` above has seen to it that there is one.
        let clock = &self.clocks[goroutine.0 as usize];
        let mut found = Vec::new();
        if let Some(write) = shadow.write.filter(|write| !write.is_known_to(clock)) {
            found.push(write.access);
        }
        if access.is_write() {
            found.extend(
                shadow
                    .reads
                    .iter()
                    .filter(|read| !read.is_known_to(clock))
                    .map(|read| read.access),
            );
            shadow.reads.clear();
            shadow.write = Some(epoch);
        } else {
            // Reads that this one knows of say nothing that it does not.
            shadow
                .reads
                .retain(|read| read.access.goroutine != goroutine && !read.is_known_to(clock));
            shadow.reads.push(epoch);
        }
        for first in found {
            self.report(place, first, access);
        }
    }

    fn report(&mut self, place: u64, first: Access, second: Access) {
        let spans = (first.span.min(second.span), first.span.max(second.span));
        match self.known.get(&spans) {
            Some(known) => self.races[*known].count += 1,
            None => {
                self.known.insert(spans, self.races.len());
                self.races.push(Race {
                    place,
                    first,
                    second,
                    count: 1,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{FileId, SourceFile};

    const G1: GoroutineId = GoroutineId(1);
    const G2: GoroutineId = GoroutineId(2);
    const G3: GoroutineId = GoroutineId(3);
    const MU: ObjectId = ObjectId(1);
    const X: u64 = 7;

    fn access(goroutine: GoroutineId, mode: MemoryMode, line: u32) -> Access {
        Access {
            goroutine,
            mode,
            span: Span::new(FileId(0), line, line + 1),
        }
    }

    /// Main starts two goroutines.
    fn started() -> RaceDetector {
        let mut run = RaceDetector::new();
        run.tell(G1, G2);
        run.tell(G1, G3);
        run
    }

    fn write(run: &mut RaceDetector, goroutine: GoroutineId, line: u32) {
        run.access(X, access(goroutine, MemoryMode::Write, line));
    }

    fn read(run: &mut RaceDetector, goroutine: GoroutineId, line: u32) {
        run.access(X, access(goroutine, MemoryMode::Read, line));
    }

    fn places(run: &RaceDetector) -> Vec<(u32, u32)> {
        run.races()
            .iter()
            .map(|race| (race.first.span.start, race.second.span.start))
            .collect()
    }

    #[test]
    fn two_writes_race_and_a_lock_between_them_ends_it() {
        let mut run = started();
        write(&mut run, G2, 1);
        write(&mut run, G3, 2);
        assert_eq!(places(&run), [(1, 2)]);
        let mut run = started();
        for (goroutine, line) in [(G2, 1), (G3, 2)] {
            run.acquire(goroutine, MU, 0);
            write(&mut run, goroutine, line);
            run.release(goroutine, MU, 0);
        }
        assert!(run.races().is_empty());
    }

    #[test]
    fn a_lock_taken_only_once_orders_nothing() {
        let mut run = started();
        run.acquire(G2, MU, 0);
        write(&mut run, G2, 1);
        run.release(G2, MU, 0);
        write(&mut run, G3, 2);
        assert_eq!(places(&run), [(1, 2)]);
    }

    #[test]
    fn what_follows_a_release_is_not_covered_by_it() {
        let mut run = started();
        run.acquire(G2, MU, 0);
        run.release(G2, MU, 0);
        write(&mut run, G2, 1);
        run.acquire(G3, MU, 0);
        write(&mut run, G3, 2);
        assert_eq!(places(&run), [(1, 2)]);
    }

    #[test]
    fn what_main_did_before_go_is_known_and_after_it_is_not() {
        let mut run = RaceDetector::new();
        write(&mut run, G1, 1);
        run.tell(G1, G2);
        read(&mut run, G2, 2);
        assert!(run.races().is_empty());
        write(&mut run, G1, 3);
        assert_eq!(places(&run), [(2, 3)]);
    }

    #[test]
    fn reads_do_not_race_and_every_one_of_them_races_with_a_write() {
        let mut run = started();
        read(&mut run, G2, 1);
        read(&mut run, G3, 2);
        assert!(run.races().is_empty());
        write(&mut run, G1, 3);
        assert_eq!(places(&run), [(1, 3), (2, 3)]);
    }

    #[test]
    fn a_wait_group_collects_everyone() {
        let mut run = started();
        write(&mut run, G2, 1);
        run.release(G2, MU, 0);
        run.release(G3, MU, 0);
        run.acquire(G1, MU, 0);
        read(&mut run, G1, 2);
        assert!(run.races().is_empty());
        let mut run = started();
        write(&mut run, G2, 1);
        run.release(G3, MU, 0);
        run.acquire(G1, MU, 0);
        read(&mut run, G1, 2);
        assert_eq!(places(&run), [(1, 2)]);
    }

    #[test]
    fn the_same_pair_of_lines_is_reported_once_and_counted() {
        let mut run = started();
        for _ in 0..3 {
            write(&mut run, G2, 1);
            write(&mut run, G3, 2);
        }
        assert_eq!(run.races().len(), 1);
        assert_eq!(run.races()[0].count, 5);
        run.clear();
        assert!(run.races().is_empty());
    }

    #[test]
    fn a_race_in_words_names_both_places() {
        let mut sources = SourceMap::new();
        sources.add(SourceFile::new("count.go", "n++\nn++\n"));
        let mut run = started();
        write(&mut run, G2, 0);
        read(&mut run, G3, 4);
        assert_eq!(
            run.races()[0].words("n", &sources),
            "G2 writes n at count.go:1:1, G3 reads it at count.go:2:1, and nothing orders the two: \
             no lock, channel or wait group lies between them"
        );
    }

    /// Brute force: a race is a pair of accesses that plain vector clocks of every event do not order.
    #[test]
    fn agrees_with_plain_vector_clocks_on_random_runs() {
        let mut state = 1u64;
        let mut draw = |below: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut racy = 0;
        for _ in 0..2000 {
            let mut run = started();
            let mut clocks: Vec<VectorClock> = vec![VectorClock::new(); 4];
            let mut objects: Vec<VectorClock> = vec![VectorClock::new(); 2];
            let mut seen: Vec<(u64, Access, VectorClock)> = Vec::new();
            for (id, clock) in clocks.iter_mut().enumerate().skip(1) {
                clock.tick(GoroutineId(id as u32));
            }
            let mut expected = false;
            for line in 0..12 {
                let id = draw(3) as usize + 1;
                let goroutine = GoroutineId(id as u32);
                let object = draw(2) as usize;
                clocks[id].tick(goroutine);
                match draw(4) {
                    0 => {
                        clocks[id].join(&objects[object]);
                        run.acquire(goroutine, ObjectId(object as u32 + 1), 0);
                    }
                    1 => {
                        objects[object].join(&clocks[id]);
                        run.release(goroutine, ObjectId(object as u32 + 1), 0);
                    }
                    kind => {
                        let mode = if kind == 2 {
                            MemoryMode::Read
                        } else {
                            MemoryMode::Write
                        };
                        let access = access(goroutine, mode, line);
                        let place = object as u64;
                        let conflict = |(other, earlier, clock): &(u64, Access, VectorClock)| {
                            *other == place
                                && (earlier.is_write() || access.is_write())
                                && !clock.is_before(&clocks[id])
                        };
                        expected |= seen.iter().any(conflict);
                        run.access(place, access);
                        seen.push((place, access, clocks[id].clone()));
                    }
                }
            }
            assert_eq!(!run.races().is_empty(), expected);
            racy += u32::from(expected);
        }
        assert!(
            (200..1990).contains(&racy),
            "both kinds of runs must occur: {racy}"
        );
    }
}
