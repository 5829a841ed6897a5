//! The run so far: its events with their clocks, and the races in it.
//!
//! Invariants:
//! - Events are numbered as the steps of the run. Taking back the last ones leaves everything as it
//!   was before they were added.
//! - An event's clock knows of each process how many of its events come before or are this one, in
//!   the order that dependence, program order, waking and the clock of the program make.

use std::hash::{Hash, Hasher};

use super::dependence::{Reversal, dependent, reversal, wakes};
use crate::runtime::{Mode, Touch};
use crate::trace::{GoroutineId, ObjectId, StableHasher};

/// A set of processes.
pub type Set = u128;

/// More processes than this cannot be explored.
pub const MOST_PROCESSES: usize = 128;

const NONE: u32 = u32::MAX;

/// One executed step.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    pub process: u8,
    /// Which event of its process, from 1.
    serial: u32,
    /// Which of its alternatives it was.
    alternative: u64,
    /// The process's event before.
    previous: u32,
    /// Its footprint in `touches`.
    touches: (u32, u32),
    /// Entries of the undo log that its addition made end here.
    undo_end: u32,
    barriers_end: u32,
}

/// A race: the process of the later event, or another one, should also be tried in place of the
/// earlier event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Race {
    /// The earlier event.
    pub at: u32,
    /// Processes with which an order can begin that has the later event before the earlier.
    pub initials: Set,
    /// The process of the later event.
    pub process: u8,
    /// Whether there certainly is such an order.
    pub is_certain: bool,
}

#[derive(Default)]
pub struct History {
    events: Vec<Event>,
    touches: Vec<Touch>,
    /// A row of `stride` for each event.
    clocks: Vec<u32>,
    stride: usize,
    /// Which goroutine or timer a process is; processes are numbered as they turn up in the run.
    processes: Vec<Process>,
    /// Events that touched an object, by object.
    by_object: Vec<Vec<u32>>,
    undo: Vec<(u8, u32)>,
    /// Rows of `stride`: what came before the clock moved, with the event that came behind.
    barriers: Vec<u32>,
    barrier_row: Vec<u32>,
    scratch: Vec<(u32, Reversal)>,
    forced_clock: Vec<u32>,
    race_clock: Vec<u32>,
    v_clock: Vec<u32>,
    first_in_v: Vec<u32>,
}

struct Process {
    id: GoroutineId,
    /// Its last event.
    last: u32,
    /// The event that started or readied it last.
    enabler: u32,
    /// Events there were when it turned up.
    born: u32,
}

impl History {
    pub fn len(&self) -> usize {
        self.events.len()
    }

    pub fn footprint(&self, index: usize) -> &[Touch] {
        let (start, end) = self.events[index].touches;
        &self.touches[start as usize..end as usize]
    }

    /// The process of a goroutine or timer; `None` when there are too many.
    pub fn process(&mut self, id: GoroutineId) -> Option<u8> {
        if let Some(index) = self.processes.iter().position(|process| process.id == id) {
            return Some(index as u8);
        }
        let index = self.processes.len();
        if index >= MOST_PROCESSES {
            return None;
        }
        let (last, enabler, born) = (NONE, NONE, self.events.len() as u32);
        self.processes.push(Process {
            id,
            last,
            enabler,
            born,
        });
        if index >= self.stride {
            self.widen();
        }
        Some(index as u8)
    }

    /// The goroutine or timer of a process.
    pub fn id(&self, process: u8) -> GoroutineId {
        self.processes[process as usize].id
    }

    /// Says which of its alternatives the last event was.
    pub fn set_alternative(&mut self, alternative: u64) {
        if let Some(event) = self.events.last_mut() {
            event.alternative = alternative;
        }
    }

    /// The last event readied or started a process.
    pub fn enabled_by_last(&mut self, process: u8) {
        let Some(last) = self.events.len().checked_sub(1) else {
            return;
        };
        let entry = &mut self.processes[process as usize];
        self.undo.push((process, entry.enabler));
        entry.enabler = last as u32;
        self.events[last].undo_end = self.undo.len() as u32;
    }

    /// A number that is the same for runs that differ only in the order of what commutes, as long as
    /// goroutines are started in the same order.
    pub fn fingerprint(&self) -> u64 {
        let mut sum = 0_u64;
        for (index, event) in self.events.iter().enumerate() {
            let mut hasher = StableHasher::new();
            (self.id(event.process), event.serial, event.alternative).hash(&mut hasher);
            let clock = row_of(&self.clocks, self.stride, index as u32);
            for (process, known) in self.processes.iter().zip(clock) {
                if *known > 0 {
                    (process.id, *known).hash(&mut hasher);
                }
            }
            // Events may come in any order, processes always come in the same.
            sum = sum.wrapping_add(hasher.finish());
        }
        sum
    }

    /// Takes back all events from `len` on.
    pub fn truncate(&mut self, len: usize) {
        while self.events.len() > len {
            let Some(event) = self.events.pop() else {
                break;
            };
            let index = self.events.len() as u32;
            let undo_start = self.events.last().map_or(0, |event| event.undo_end);
            for (process, enabler) in self.undo.drain(undo_start as usize..).rev() {
                self.processes[process as usize].enabler = enabler;
            }
            self.processes[event.process as usize].last = event.previous;
            let (start, end) = event.touches;
            for touch in &self.touches[start as usize..end as usize] {
                let list = &mut self.by_object[touch.object.0 as usize];
                if list.last() == Some(&index) {
                    list.pop();
                }
            }
            self.touches.truncate(start as usize);
        }
        let barriers = self.events.last().map_or(0, |event| event.barriers_end) as usize;
        self.barriers.truncate(barriers * self.stride);
        self.clocks.truncate(len * self.stride);
        let born = |process: &Process| process.born as usize <= len;
        while self.processes.last().is_some_and(|process| !born(process)) {
            self.processes.pop();
        }
    }

    /// Adds the step of a process. `moved`: the program's clock moved before it. Finds its races.
    pub fn add(&mut self, process: u8, footprint: &[Touch], moved: bool, races: &mut Vec<Race>) {
        if moved {
            self.raise_barrier();
        }
        let index = self.events.len();
        let start = self.touches.len() as u32;
        self.touches.extend_from_slice(footprint);
        let previous = self.processes[process as usize].last;
        let serial = match previous {
            NONE => 1,
            previous => self.events[previous as usize].serial + 1,
        };
        let row = self.clocks.len();
        self.clocks.resize(row + self.stride, 0);
        self.join_forced(process, row);
        self.find_dependent(process, row, footprint);
        self.forced_clock.clear();
        self.forced_clock.extend_from_slice(&self.clocks[row..]);
        self.race_clock.clear();
        self.race_clock.extend_from_slice(&self.forced_clock);
        for i in 0..self.scratch.len() {
            let (other, reversal) = self.scratch[i];
            let event = self.events[other as usize];
            let known = self.race_clock[event.process as usize] >= event.serial;
            if reversal != Reversal::No && !known {
                races.push(self.race(i, process));
            }
            if reversal == Reversal::Yes && !known {
                let theirs = row_of(&self.clocks, self.stride, other);
                join(&mut self.race_clock, theirs);
            }
            let (past, own) = self.clocks.split_at_mut(row);
            join(own, row_of(past, self.stride, other));
        }
        self.clocks[row + process as usize] = serial;
        for touch in footprint
            .iter()
            .filter(|touch| touch.mode == Mode::AddToZero)
        {
            self.find_reuse(touch.object, races);
        }
        self.processes[process as usize].last = index as u32;
        for touch in footprint {
            let object = touch.object.0 as usize;
            if self.by_object.len() <= object {
                self.by_object.resize_with(object + 1, Vec::new);
            }
            let list = &mut self.by_object[object];
            if list.last() != Some(&(index as u32)) {
                list.push(index as u32);
            }
        }
        self.events.push(Event {
            process,
            serial,
            alternative: 0,
            previous,
            touches: (start, self.touches.len() as u32),
            undo_end: self.undo.len() as u32,
            barriers_end: (self.barriers.len() / self.stride) as u32,
        });
    }

    /// What comes before the step whatever the order of the others: the process's own past, whoever
    /// started or readied it, and all that happened before the clock moved.
    fn join_forced(&mut self, process: u8, row: usize) {
        let (past, own) = self.clocks.split_at_mut(row);
        let entry = &self.processes[process as usize];
        for before in [entry.last, entry.enabler] {
            if before != NONE {
                join(own, row_of(past, self.stride, before));
            }
        }
        if !self.barriers.is_empty() {
            join(own, &self.barriers[self.barriers.len() - self.stride..]);
        }
    }

    /// All events of other processes that do not commute with the footprint and are not forced to
    /// come before, latest first, with whether the order could be reversed.
    fn find_dependent(&mut self, process: u8, row: usize, footprint: &[Touch]) {
        self.scratch.clear();
        for touch in footprint {
            let Some(list) = self.by_object.get(touch.object.0 as usize) else {
                continue;
            };
            for &other in list.iter().rev() {
                let event = self.events[other as usize];
                let forced = self.clocks[row + event.process as usize] >= event.serial;
                if event.process == process || forced {
                    continue;
                }
                let (start, end) = event.touches;
                let theirs = &self.touches[start as usize..end as usize];
                let same = theirs.iter().filter(|other| other.object == touch.object);
                let mut found = None;
                for other in same.filter(|other| dependent(other.mode, touch.mode)) {
                    let this = reversal(other.mode, touch.mode);
                    found = Some(found.map_or(this, |known: Reversal| known.max(this)));
                }
                if let Some(reversal) = found {
                    self.scratch.push((other, reversal));
                }
            }
        }
        // Latest first; of one event the reversible entry comes first.
        self.scratch.sort_unstable_by(|a, b| b.cmp(a));
        self.scratch.dedup_by_key(|(other, _)| *other);
    }

    /// The race of the `nth` dependent event with the step being added: with whom an order can begin
    /// in which that step comes before the event.
    fn race(&mut self, nth: usize, process: u8) -> Race {
        let (at, reversal) = self.scratch[nth];
        let first = self.events[at as usize];
        // What still comes before the step when the event does not.
        self.v_clock.clear();
        self.v_clock.extend_from_slice(&self.forced_clock);
        for &(other, _) in &self.scratch[..nth] {
            let clock = row_of(&self.clocks, self.stride, other);
            if clock[first.process as usize] < first.serial {
                join(&mut self.v_clock, clock);
            }
        }
        let initials = self.initials(at, self.events.len(), process);
        let is_certain = reversal == Reversal::Yes;
        Race {
            at,
            initials,
            process,
            is_certain,
        }
    }

    /// The processes with which an order can begin that has, in place of the event `at`, the events
    /// before `end` that do not depend on it, and then the next of `process`, which comes behind what
    /// `v_clock` knows.
    fn initials(&mut self, at: u32, end: usize, process: u8) -> Set {
        self.first_in_v.clear();
        self.first_in_v.resize(self.stride, NONE);
        let first = self.events[at as usize];
        let mut initials: Set = 0;
        for index in at as usize + 1..end {
            let event = self.events[index];
            let clock = row_of(&self.clocks, self.stride, index as u32);
            if clock[first.process as usize] >= first.serial {
                continue;
            }
            let own = event.process as usize;
            if self.first_in_v[own] != NONE {
                continue;
            }
            if is_initial(&self.first_in_v, clock, own) {
                initials |= 1 << own;
            }
            self.first_in_v[own] = event.serial;
        }
        let own = process as usize;
        if self.first_in_v[own] == NONE && is_initial(&self.first_in_v, &self.v_clock, own) {
            initials |= 1 << own;
        }
        initials
    }

    /// A wait group is used again. Whoever has passed its `Wait` since it came to zero could have
    /// waited before that, and would then be overtaken. (In other cases it makes no difference
    /// whether a wait parks, so that this is no race as long as the group is not used again.)
    fn find_reuse(&mut self, object: ObjectId, races: &mut Vec<Race>) {
        let Some(list) = self.by_object.get(object.0 as usize) else {
            return;
        };
        let has = |event: u32, mode: Mode| {
            let (start, end) = self.events[event as usize].touches;
            let touches = &self.touches[start as usize..end as usize];
            touches
                .iter()
                .any(|touch| touch.object == object && touch.mode == mode)
        };
        let Some(zero) = list.iter().rposition(|&event| has(event, Mode::DoneToZero)) else {
            return;
        };
        let at = list[zero];
        let waits: Vec<u32> = list[zero + 1..]
            .iter()
            .copied()
            .filter(|&event| has(event, Mode::Wait))
            .collect();
        let first = self.events[at as usize];
        for wait in waits {
            let event = self.events[wait as usize];
            self.v_clock.clear();
            self.v_clock.resize(self.stride, 0);
            if event.previous != NONE {
                join(
                    &mut self.v_clock,
                    row_of(&self.clocks, self.stride, event.previous),
                );
            }
            if self.v_clock[first.process as usize] < first.serial {
                let initials = self.initials(at, wait as usize, event.process);
                races.push(Race {
                    at,
                    initials,
                    process: event.process,
                    is_certain: false,
                });
            }
        }
    }

    /// All that has happened comes before all that follows.
    fn raise_barrier(&mut self) {
        self.barrier_row.clear();
        self.barrier_row.resize(self.stride, 0);
        for process in 0..self.processes.len() {
            let last = self.processes[process].last;
            if last != NONE {
                join(
                    &mut self.barrier_row,
                    row_of(&self.clocks, self.stride, last),
                );
            }
        }
        self.barriers.extend_from_slice(&self.barrier_row);
    }

    /// Makes room for more processes in every row.
    fn widen(&mut self) {
        let (old, new) = (self.stride, (self.stride * 2).max(8));
        for rows in [&mut self.clocks, &mut self.barriers] {
            if old == 0 {
                continue;
            }
            let count = rows.len() / old;
            rows.resize(count * new, 0);
            for row in (0..count).rev() {
                rows.copy_within(row * old..(row + 1) * old, row * new);
                rows[row * new + old..(row + 1) * new].fill(0);
            }
        }
        self.stride = new;
    }
}

/// Whether a process's first event in v has nothing of v before it.
fn is_initial(first_in_v: &[u32], clock: &[u32], own: usize) -> bool {
    first_in_v
        .iter()
        .zip(clock)
        .enumerate()
        .all(|(process, (first, known))| process == own || *first == NONE || known < first)
}

fn row_of(clocks: &[u32], stride: usize, event: u32) -> &[u32] {
    &clocks[event as usize * stride..(event as usize + 1) * stride]
}

fn join(mine: &mut [u32], theirs: &[u32]) {
    for (mine, theirs) in mine.iter_mut().zip(theirs) {
        *mine = (*mine).max(*theirs);
    }
}

/// Processes that sleep, with what they would do: it has been tried, and nothing dependent on it has
/// come since.
#[derive(Default)]
pub struct Sleepers {
    entries: Vec<(u8, u32, u32)>,
    touches: Vec<Touch>,
}

impl Sleepers {
    /// How much there is; [`Sleepers::truncate`] goes back to it.
    pub fn mark(&self) -> (usize, usize) {
        (self.entries.len(), self.touches.len())
    }

    pub fn truncate(&mut self, mark: (usize, usize)) {
        self.entries.truncate(mark.0);
        self.touches.truncate(mark.1);
    }

    pub fn push(&mut self, process: u8, footprint: &[Touch]) {
        let start = self.touches.len() as u32;
        self.touches.extend_from_slice(footprint);
        self.entries
            .push((process, start, self.touches.len() as u32));
    }

    /// The processes of the entries from `start` on.
    pub fn set(&self, start: usize) -> Set {
        self.set_between(start, self.entries.len())
    }

    /// The processes of the entries `start..end`.
    pub fn set_between(&self, start: usize, end: usize) -> Set {
        self.entries[start..end]
            .iter()
            .fold(0, |set, (process, ..)| set | 1 << process)
    }

    /// Adds those of the entries `start..end` that stay asleep behind a step.
    pub fn inherit(&mut self, start: usize, end: usize, process: u8, footprint: &[Touch]) {
        let mut woken: Set = 1 << process;
        for &(sleeper, from, to) in &self.entries[start..end] {
            if wakes(footprint, &self.touches[from as usize..to as usize]) {
                woken |= 1 << sleeper;
            }
        }
        for index in start..end {
            let entry = self.entries[index];
            if woken & 1 << entry.0 == 0 {
                self.entries.push(entry);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(object: u32, mode: Mode) -> [Touch; 1] {
        [Touch {
            object: ObjectId(object),
            mode,
        }]
    }

    fn history(processes: u32) -> History {
        let mut history = History::default();
        for id in 0..processes {
            assert_eq!(history.process(GoroutineId(id + 1)), Some(id as u8));
        }
        history
    }

    #[test]
    fn two_writes_race_and_what_is_ordered_does_not() {
        let mut history = history(2);
        let mut races = Vec::new();
        history.add(0, &touch(1, Mode::Write), false, &mut races);
        history.add(0, &touch(2, Mode::Write), false, &mut races);
        history.add(1, &touch(1, Mode::Write), false, &mut races);
        assert_eq!(
            races,
            [Race {
                at: 0,
                initials: 0b10,
                process: 1,
                is_certain: true
            }]
        );
        races.clear();
        history.add(1, &touch(2, Mode::Write), false, &mut races);
        history.add(1, &touch(1, Mode::Write), false, &mut races);
        let second = Race {
            at: 1,
            initials: 0b10,
            process: 1,
            is_certain: true,
        };
        assert_eq!(races, [second], "the third write is ordered by the second");
        history.truncate(2);
        races.clear();
        history.add(1, &touch(2, Mode::Write), false, &mut races);
        assert_eq!(races, [second]);
        history.add(1, &touch(1, Mode::Write), false, &mut races);
        assert_eq!(
            races,
            [second],
            "the write of the first comes before that of the second"
        );
    }

    #[test]
    fn a_lock_races_with_the_lock_before_not_with_the_unlock() {
        let mut history = history(2);
        let mut races = Vec::new();
        history.add(0, &touch(1, Mode::Lock), false, &mut races);
        history.add(0, &touch(1, Mode::Unlock), false, &mut races);
        history.add(1, &touch(1, Mode::Lock), false, &mut races);
        assert_eq!(
            races,
            [Race {
                at: 0,
                initials: 0b10,
                process: 1,
                is_certain: true
            }]
        );
    }

    #[test]
    fn waking_and_time_order_without_racing() {
        let mut history = history(3);
        let mut races = Vec::new();
        history.add(0, &touch(1, Mode::Write), false, &mut races);
        history.enabled_by_last(1);
        history.add(1, &touch(1, Mode::Write), false, &mut races);
        assert_eq!(races, []);
        history.add(2, &touch(1, Mode::Write), true, &mut races);
        assert_eq!(races, []);
        history.truncate(1);
        history.add(2, &touch(1, Mode::Write), false, &mut races);
        assert_eq!(races.len(), 1, "nothing of what was taken back is left");
    }

    #[test]
    fn rows_grow_with_the_processes() {
        let mut history = history(2);
        let mut races = Vec::new();
        history.add(0, &touch(1, Mode::Write), false, &mut races);
        for id in 3..=40 {
            history.process(GoroutineId(id));
        }
        history.add(39, &touch(1, Mode::Write), false, &mut races);
        assert_eq!(
            races,
            [Race {
                at: 0,
                initials: 1 << 39,
                process: 39,
                is_certain: true
            }]
        );
        assert_eq!(history.process(GoroutineId(200)).map(usize::from), Some(40));
    }

    #[test]
    fn a_sleeper_wakes_when_something_dependent_happens() {
        let mut sleepers = Sleepers::default();
        sleepers.push(1, &touch(1, Mode::Write));
        sleepers.push(2, &touch(2, Mode::Write));
        let (start, end) = (0, 2);
        sleepers.inherit(start, end, 0, &touch(1, Mode::Read));
        assert_eq!(sleepers.set(end), 0b100);
    }
}
