//! The virtual clock and its timers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::rc::Rc;

use super::Handle;
use crate::trace::{GoroutineId, ObjectId, VirtualTime};

/// What a timer does when it fires.
pub trait Alarm {
    /// Called by the clock, under no goroutine, when the timer was picked. It must not wait.
    fn fire(&self, handle: &Handle);
}

/// A timer that was set; it stays the name of that setting when the slot is used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerKey {
    slot: u32,
    serial: u64,
}

/// What happens at a deadline.
pub(super) enum Task {
    /// The goroutine's sleep is over; it becomes runnable with the instant.
    Sleep(GoroutineId),
    /// The timer waits to be picked, then this is called.
    Fire(Rc<dyn Alarm>),
}

struct Slot {
    serial: u64,
    object: ObjectId,
    deadline: VirtualTime,
    /// `None`: the slot is free.
    task: Option<Task>,
    /// The deadline has come, the timer stands in the run queue.
    due: bool,
}

/// All set timers, by deadline; those of the same instant in the order in which they were set.
#[derive(Default)]
pub(super) struct Clock {
    slots: Vec<Slot>,
    free: Vec<u32>,
    /// Deadline, serial number, slot. An entry whose serial is not its slot's is out of date.
    heap: BinaryHeap<Reverse<(VirtualTime, u64, u32)>>,
    stale: usize,
    next_serial: u64,
}

/// Whether a cancelled timer was still to fire, and whether it stood in the run queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cancelled {
    No,
    BeforeDue,
    Due(GoroutineId),
}

impl Clock {
    pub fn set(&mut self, deadline: VirtualTime, object: ObjectId, task: Task) -> TimerKey {
        let serial = self.next_serial;
        self.next_serial += 1;
        let entry = Slot {
            serial,
            object,
            deadline,
            task: Some(task),
            due: false,
        };
        let slot = match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = entry;
                slot
            }
            None => {
                self.slots.push(entry);
                self.slots.len() as u32 - 1
            }
        };
        self.heap.push(Reverse((deadline, serial, slot)));
        TimerKey { slot, serial }
    }

    pub fn cancel(&mut self, key: TimerKey) -> Cancelled {
        let Some(entry) = self.slots.get_mut(key.slot as usize) else {
            return Cancelled::No;
        };
        if entry.serial != key.serial || entry.task.is_none() {
            return Cancelled::No;
        }
        entry.task = None;
        let due = entry.due;
        self.free.push(key.slot);
        if due {
            return Cancelled::Due(GoroutineId::timer(key.slot));
        }
        self.stale += 1;
        if self.stale > 64 && self.stale * 2 > self.heap.len() {
            let slots = &self.slots;
            self.heap
                .retain(|Reverse((_, serial, slot))| is_set(slots, *serial, *slot));
            self.stale = 0;
        }
        Cancelled::BeforeDue
    }

    /// The next deadline.
    pub fn next_deadline(&mut self) -> Option<VirtualTime> {
        while let Some(&Reverse((deadline, serial, slot))) = self.heap.peek() {
            if is_set(&self.slots, serial, slot) {
                return Some(deadline);
            }
            self.heap.pop();
            self.stale = self.stale.saturating_sub(1);
        }
        None
    }

    /// Takes the next timer whose deadline is not behind `now`: a goroutine whose sleep is over, or
    /// the option under which the timer can be picked.
    pub fn take_due(&mut self, now: VirtualTime) -> Option<Due> {
        if self.next_deadline()? > now {
            return None;
        }
        let Reverse((_, _, slot)) = self.heap.pop()?;
        let entry = &mut self.slots[slot as usize];
        if let Some(Task::Sleep(goroutine)) = entry.task {
            entry.task = None;
            self.free.push(slot);
            return Some(Due::Sleep {
                goroutine,
                timer: entry.object,
            });
        }
        entry.due = true;
        Some(Due::Timer(GoroutineId::timer(slot)))
    }

    /// The object of a timer option.
    pub fn object(&self, slot: u32) -> ObjectId {
        self.slots
            .get(slot as usize)
            .map_or(ObjectId::NONE, |entry| entry.object)
    }

    /// When the timer will fire, if it is still to.
    pub fn deadline(&self, key: TimerKey) -> Option<VirtualTime> {
        let entry = self.slots.get(key.slot as usize)?;
        (entry.serial == key.serial && entry.task.is_some()).then_some(entry.deadline)
    }

    /// Frees the slot of a timer that was picked and hands out what it does.
    pub fn take_task(&mut self, slot: u32) -> Option<Task> {
        let task = self.slots.get_mut(slot as usize)?.task.take();
        self.free.push(slot);
        task
    }

    pub fn clear(&mut self) -> Vec<Task> {
        self.free.clear();
        self.heap.clear();
        self.stale = 0;
        self.next_serial = 0;
        // Handed out so that they are dropped where no borrow is held.
        self.slots.drain(..).filter_map(|slot| slot.task).collect()
    }
}

/// What comes with an instant.
pub(super) enum Due {
    Sleep {
        goroutine: GoroutineId,
        timer: ObjectId,
    },
    Timer(GoroutineId),
}

fn is_set(slots: &[Slot], serial: u64, slot: u32) -> bool {
    slots
        .get(slot as usize)
        .is_some_and(|entry| entry.serial == serial && entry.task.is_some() && !entry.due)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sleeper(clock: &mut Clock, at: u64, goroutine: u32) -> TimerKey {
        clock.set(
            VirtualTime(at),
            ObjectId::NONE,
            Task::Sleep(GoroutineId(goroutine)),
        )
    }

    fn due(clock: &mut Clock, now: u64) -> Vec<u32> {
        std::iter::from_fn(|| match clock.take_due(VirtualTime(now))? {
            Due::Sleep { goroutine, .. } => Some(goroutine.0),
            Due::Timer(_) => None,
        })
        .collect()
    }

    #[test]
    fn by_deadline_then_by_setting() {
        let mut clock = Clock::default();
        sleeper(&mut clock, 20, 1);
        sleeper(&mut clock, 10, 2);
        sleeper(&mut clock, 20, 3);
        let gone = sleeper(&mut clock, 5, 4);
        assert_eq!(clock.cancel(gone), Cancelled::BeforeDue);
        assert_eq!(clock.cancel(gone), Cancelled::No);
        assert_eq!(clock.next_deadline(), Some(VirtualTime(10)));
        assert_eq!(due(&mut clock, 10), [2]);
        assert_eq!(clock.next_deadline(), Some(VirtualTime(20)));
        assert_eq!(due(&mut clock, 25), [1, 3]);
        assert_eq!(clock.next_deadline(), None);
    }

    #[test]
    fn an_old_key_does_not_stop_the_slot_s_next_timer() {
        let mut clock = Clock::default();
        let old = sleeper(&mut clock, 1, 1);
        clock.cancel(old);
        let new = sleeper(&mut clock, 2, 2);
        assert_eq!(clock.cancel(old), Cancelled::No);
        assert_eq!(
            (clock.deadline(old), clock.deadline(new)),
            (None, Some(VirtualTime(2)))
        );
        assert_eq!(due(&mut clock, 2), [2]);
    }

    #[test]
    fn many_stopped_timers_are_given_back() {
        let mut clock = Clock::default();
        for i in 0..10_000 {
            let key = sleeper(&mut clock, 1_000_000 + i, 1);
            clock.cancel(key);
        }
        assert!(clock.heap.len() < 200, "{}", clock.heap.len());
        assert_eq!(clock.slots.len(), 1);
    }
}
