//! Goroutines that can never go on, found while others still run: a partial deadlock, or a leak when main
//! has returned.
//!
//! Least fixpoint: live is who can run, or waits for the clock or the outside, or waits on something that a
//! live goroutine can reach; the rest is stuck. For locks, the one who can open them is their holder. For
//! everything else it is whoever can reach the object, and when that is not known, everyone counts.

use std::collections::BTreeSet;

use crate::trace::{GoroutineId, GoroutineState, ObjectId, WaitReason};
use crate::world::{Goroutine, World};

use super::wait::holders;

/// Whether a goroutine can still get at an object.
pub type Reach<'a> = dyn Fn(GoroutineId, ObjectId) -> bool + 'a;

/// A goroutine that nobody can wake any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Who.
    pub goroutine: GoroutineId,
    /// What it waits for.
    pub reason: WaitReason,
    /// On what; none for a select.
    pub object: ObjectId,
    /// Whether the wait is one for ever by its nature (`select {}`), which many programs mean.
    pub for_ever: bool,
}

/// Everyone stuck in this picture, when every goroutine may reach every object.
pub fn stuck(world: &World) -> Vec<Stuck> {
    stuck_with(world, &|_, _| true)
}

/// Everyone stuck in this picture, with what is known of who reaches what.
///
/// Rounds over the waiting goroutines until nobody becomes live; quadratic at worst in a chain of waits.
pub fn stuck_with(world: &World, reach: &Reach<'_>) -> Vec<Stuck> {
    let mut live: BTreeSet<GoroutineId> = BTreeSet::new();
    let mut waiting: Vec<&Goroutine> = Vec::new();
    for goroutine in world.goroutines() {
        match goroutine.state {
            GoroutineState::Runnable | GoroutineState::Running => {
                live.insert(goroutine.id);
            }
            GoroutineState::Waiting(_) => waiting.push(goroutine),
            GoroutineState::Dead => {}
        }
    }
    let clock = Clock::of(world);
    loop {
        let before = live.len();
        waiting.retain(|goroutine| {
            let wakes = can_be_woken(world, goroutine, &live, &clock, reach);
            if wakes {
                live.insert(goroutine.id);
            }
            !wakes
        });
        if live.len() == before {
            break;
        }
    }
    let found = waiting
        .iter()
        .filter_map(|goroutine| match goroutine.state {
            GoroutineState::Waiting(reason) => Some(Stuck {
                goroutine: goroutine.id,
                reason,
                object: goroutine.waits_on,
                for_ever: reason.is_for_ever(),
            }),
            _ => None,
        });
    found.collect()
}

/// What time alone may still do.
struct Clock {
    /// Timers that are set, and the channels they send on.
    objects: Vec<ObjectId>,
    /// Whether some timer will call a function or end a context: it may then touch anything but a lock.
    calls: bool,
}

impl Clock {
    fn of(world: &World) -> Self {
        let mut clock = Self {
            objects: Vec::new(),
            calls: false,
        };
        let mut sleeps: Vec<ObjectId> = Vec::new();
        for goroutine in world.goroutines() {
            if goroutine.state == GoroutineState::Waiting(WaitReason::Sleep) {
                sleeps.push(goroutine.waits_on);
            }
        }
        for object in world.objects() {
            if let Some(timer) = object.timer().filter(|timer| timer.deadline.is_some()) {
                clock.objects.push(object.id);
                if timer.channel.is_none() {
                    clock.calls |= !sleeps.contains(&object.id);
                } else {
                    clock.objects.push(timer.channel);
                }
            }
            if object
                .context()
                .is_some_and(|context| context.end.is_none() && context.deadline.is_some())
            {
                clock.calls = true;
            }
        }
        clock
    }
}

fn can_be_woken(
    world: &World,
    goroutine: &Goroutine,
    live: &BTreeSet<GoroutineId>,
    clock: &Clock,
    reach: &Reach<'_>,
) -> bool {
    let GoroutineState::Waiting(reason) = goroutine.state else {
        return false;
    };
    match reason {
        WaitReason::Sleep
        | WaitReason::IoWait
        | WaitReason::Future
        | WaitReason::SynctestWait
        | WaitReason::SynctestRun => return true,
        _ if reason.is_for_ever() => return false,
        _ => {}
    }
    let held = holders(world, goroutine);
    if !held.is_empty() {
        // Each holder must let go; a dead one never does.
        return held.iter().all(|link| live.contains(&link.holder));
    }
    if matches!(
        reason,
        WaitReason::MutexLock | WaitReason::RwMutexLock | WaitReason::RwMutexRLock
    ) {
        return true;
    }
    clock.calls
        || goroutine.waits().iter().any(|(object, _)| {
            !object.is_none()
                && (clock.objects.contains(object) || live.iter().any(|who| reach(*who, *object)))
        })
}
