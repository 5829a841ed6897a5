//! The wait-for relation: from a blocked goroutine to whoever could wake it.
//!
//! For locks it is known who that is, the holders; so chains run through locks, wait cycles are
//! deadlocks of their own, and everything else ends a chain with what is known about it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::trace::{
    Direction, GoroutineId, GoroutineState, ObjectId, OperationKind, Queue, VirtualTime, WaitReason,
};
use crate::world::{Goroutine, Object, ObjectState, OnceState, Use, World};

/// One goroutine waits for an object that others hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// Who waits.
    pub goroutine: GoroutineId,
    /// For what.
    pub object: ObjectId,
    /// Who holds it.
    pub holder: GoroutineId,
}

/// Goroutines that wait for each other in a ring: each waits for what the next one holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cycle {
    /// The links; the last one's holder is the first one's goroutine, which has the smallest id.
    pub links: Vec<Link>,
}

impl Cycle {
    /// `G1 → mu2 → G2 → mu1 → G1`.
    pub fn words(&self, world: &World) -> String {
        let mut text = String::new();
        for link in &self.links {
            let _ = write!(
                text,
                "{} → {} → ",
                link.goroutine,
                world.object_name(link.object)
            );
        }
        if let Some(first) = self.links.first() {
            let _ = write!(text, "{}", first.goroutine);
        }
        text
    }

    /// `G1 waits for mu2, held by G2, which waits for mu1, held by G1`.
    pub fn sentence(&self, world: &World) -> String {
        links_in_words(&self.links, world)
    }

    /// Whether the goroutine is part of it.
    pub fn contains(&self, goroutine: GoroutineId) -> bool {
        self.links.iter().any(|link| link.goroutine == goroutine)
    }
}

/// What a wait leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// From the goroutine through locks to the last one that can be named.
    pub links: Vec<Link>,
    /// How it ends.
    pub end: ChainEnd,
}

/// What is at the end of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChainEnd {
    /// The goroutine does not wait: it can run.
    Runs(GoroutineId),
    /// The last link's holder is in the chain already, at this place: a deadlock.
    Cycle(usize),
    /// The holder has ended without giving the lock back.
    Ended(GoroutineId),
    /// Time will wake it.
    Clock(GoroutineId, VirtualTime),
    /// Nothing can ever end this wait: a nil channel, a select without cases.
    Never(GoroutineId),
    /// Anyone who uses one of these objects the right way could wake it; whoever did so before is named.
    Anyone {
        /// Who waits.
        goroutine: GoroutineId,
        /// On what.
        objects: Vec<ObjectId>,
        /// Goroutines, still living, that have used one of them that way before or stand before it.
        likely: Vec<GoroutineId>,
    },
}

impl Chain {
    /// The chain in one sentence.
    pub fn words(&self, world: &World) -> String {
        let mut text = links_in_words(&self.links, world);
        let say = |text: &mut String, who: GoroutineId, what: &str| {
            if self.links.is_empty() {
                let _ = write!(text, "{who} {what}.");
            } else {
                let _ = write!(text, ", which {what}.");
            }
        };
        match &self.end {
            ChainEnd::Runs(who) => say(&mut text, *who, "can run"),
            ChainEnd::Cycle(at) => {
                let first = self
                    .links
                    .get(*at)
                    .map(|link| link.goroutine)
                    .unwrap_or_default();
                let _ = write!(
                    text,
                    ": a ring that comes back to {first}. Nothing can open it."
                );
            }
            ChainEnd::Ended(who) => say(&mut text, *who, "has ended without unlocking it"),
            ChainEnd::Clock(who, time) => say(&mut text, *who, &format!("goes on at {time}")),
            ChainEnd::Never(who) => say(&mut text, *who, "waits for what can never happen"),
            ChainEnd::Anyone {
                goroutine,
                objects,
                likely,
            } => {
                let names: Vec<String> = objects.iter().map(|id| world.object_name(*id)).collect();
                say(
                    &mut text,
                    *goroutine,
                    &format!("waits for {}", names.join(" or ")),
                );
                if !likely.is_empty() {
                    let names: Vec<String> =
                        likely.iter().take(6).map(GoroutineId::to_string).collect();
                    let more = if likely.len() > names.len() {
                        ", …"
                    } else {
                        ""
                    };
                    let _ = write!(text, " It could be woken by {}{more}.", names.join(", "));
                }
            }
        }
        text
    }

    /// Every goroutine on it, in order.
    pub fn goroutines(&self) -> Vec<GoroutineId> {
        let mut all: Vec<GoroutineId> = self.links.iter().map(|link| link.goroutine).collect();
        match &self.end {
            ChainEnd::Runs(who)
            | ChainEnd::Ended(who)
            | ChainEnd::Clock(who, _)
            | ChainEnd::Never(who) => all.push(*who),
            ChainEnd::Anyone { goroutine, .. } => all.push(*goroutine),
            ChainEnd::Cycle(_) => {}
        }
        all
    }
}

fn links_in_words(links: &[Link], world: &World) -> String {
    let mut text = String::new();
    for (place, link) in links.iter().enumerate() {
        let name = world.object_name(link.object);
        match place {
            0 => {
                let _ = write!(
                    text,
                    "{} waits for {name}, held by {}",
                    link.goroutine, link.holder
                );
            }
            _ => {
                let _ = write!(text, ", which waits for {name}, held by {}", link.holder);
            }
        }
    }
    text
}

/// Who holds what a goroutine waits for, when that is a lock (or a `Once` that runs); empty otherwise.
pub(super) fn holders(world: &World, goroutine: &Goroutine) -> Vec<Link> {
    let GoroutineState::Waiting(reason) = goroutine.state else {
        return Vec::new();
    };
    let Some(object) = world.object(goroutine.waits_on) else {
        return Vec::new();
    };
    let link = |holder| Link {
        goroutine: goroutine.id,
        object: object.id,
        holder,
    };
    match &object.state {
        ObjectState::Lock(lock) => {
            let mut links: Vec<Link> = lock.holders().map(link).collect();
            // A reader behind a waiting writer waits for the writer, who waits for the readers.
            if links.iter().all(|link| lock.readers.contains(&link.holder))
                && reason == WaitReason::RwMutexRLock
            {
                links = lock.announced.into_iter().map(link).collect();
            }
            links.dedup();
            links
        }
        ObjectState::Once(OnceState::Running(runner)) => vec![link(*runner)],
        _ => Vec::new(),
    }
}

/// Follows a goroutine's wait as far as it can be named.
pub fn chain(world: &World, from: GoroutineId) -> Chain {
    let mut links: Vec<Link> = Vec::new();
    let mut at = from;
    loop {
        let Some(goroutine) = world.goroutine(at) else {
            return Chain {
                links,
                end: ChainEnd::Ended(at),
            };
        };
        match goroutine.state {
            GoroutineState::Dead => {
                return Chain {
                    links,
                    end: ChainEnd::Ended(at),
                };
            }
            GoroutineState::Runnable | GoroutineState::Running => {
                return Chain {
                    links,
                    end: ChainEnd::Runs(at),
                };
            }
            GoroutineState::Waiting(reason) => {
                // Of several readers, the one that waits itself says most.
                let held = holders(world, goroutine);
                let waits = |link: &&Link| {
                    world
                        .goroutine(link.holder)
                        .is_some_and(|holder| holder.is_waiting())
                };
                match held.iter().find(waits).or(held.first()) {
                    Some(link) => {
                        links.push(*link);
                        if let Some(place) = links
                            .iter()
                            .position(|earlier| earlier.goroutine == link.holder)
                        {
                            return Chain {
                                links,
                                end: ChainEnd::Cycle(place),
                            };
                        }
                        at = link.holder;
                    }
                    None => {
                        return Chain {
                            links,
                            end: open_end(world, goroutine, reason),
                        };
                    }
                }
            }
        }
    }
}

fn open_end(world: &World, goroutine: &Goroutine, reason: WaitReason) -> ChainEnd {
    if reason.is_for_ever() {
        return ChainEnd::Never(goroutine.id);
    }
    let waits = goroutine.waits();
    let due = waits
        .iter()
        .filter_map(|(id, _)| deadline_of(world, *id))
        .min();
    if let Some(time) = due {
        return ChainEnd::Clock(goroutine.id, time);
    }
    let objects: Vec<ObjectId> = waits
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| !id.is_none())
        .collect();
    let mut likely = BTreeSet::new();
    for (id, case) in &waits {
        let Some(object) = world.object(*id) else {
            continue;
        };
        let needs_give = match (case, reason) {
            (Some(case), _) => case.direction == Direction::Receive,
            (None, reason) => reason != WaitReason::ChanSend,
        };
        likely.extend(partners(world, object, needs_give).filter(|id| *id != goroutine.id));
    }
    ChainEnd::Anyone {
        goroutine: goroutine.id,
        objects,
        likely: likely.into_iter().collect(),
    }
}

/// When a timer will touch this object.
fn deadline_of(world: &World, id: ObjectId) -> Option<VirtualTime> {
    let timers = world
        .objects()
        .filter_map(|object| Some((object.id, object.timer()?)));
    timers
        .filter(|(timer_id, timer)| *timer_id == id || timer.channel == id)
        .filter_map(|(_, timer)| timer.deadline)
        .min()
}

/// Living goroutines that have given to (or taken from) an object before, or stand before doing so.
fn partners<'a>(
    world: &'a World,
    object: &'a Object,
    give: bool,
) -> impl Iterator<Item = GoroutineId> + 'a {
    let used = object.users.iter().filter(move |user| {
        if give {
            user.does(Use::Give) || user.does(Use::Close)
        } else {
            user.does(Use::Take)
        }
    });
    let queue = if give { Queue::Send } else { Queue::Receive };
    let waiting = object.queue(queue).map(|waiter| waiter.goroutine);
    let standing = world.runnable().filter(move |goroutine| {
        let gives = matches!(
            goroutine.next.kind,
            OperationKind::Send
                | OperationKind::Close
                | OperationKind::WaitGroupDone
                | OperationKind::CondSignal
                | OperationKind::CondBroadcast
        );
        let takes = goroutine.next.kind == OperationKind::Receive;
        goroutine.next.object == object.id && if give { gives } else { takes }
    });
    used.map(|user| user.goroutine)
        .chain(waiting)
        .chain(standing.map(|goroutine| goroutine.id))
        .filter(|id| {
            world
                .goroutine(*id)
                .is_some_and(|goroutine| !goroutine.is_dead())
        })
}

/// Whether a goroutine waits for a lock that can never come back: its holder waits in a ring, or has ended.
///
/// Linear in the number of waits that hang together with this one.
pub fn waits_in_vain(world: &World, id: GoroutineId) -> bool {
    // Depth first; a goroutine that is met while it is still on the path closes a ring.
    let mut path: Vec<(GoroutineId, Vec<Link>)> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(id);
    loop {
        if let Some(at) = next.take() {
            let Some(goroutine) = world.goroutine(at) else {
                return false;
            };
            if goroutine.is_dead() && at != id {
                return true;
            }
            seen.insert(at);
            path.push((at, holders(world, goroutine)));
        }
        let Some((_, links)) = path.last_mut() else {
            return false;
        };
        match links.pop() {
            Some(link) if path.iter().any(|(on_path, _)| *on_path == link.holder) => return true,
            Some(link) if seen.contains(&link.holder) => {}
            Some(link) => next = Some(link.holder),
            None => {
                path.pop();
            }
        }
    }
}

/// Every ring of goroutines that wait for each other's locks; each is a deadlock of those in it.
///
/// Each ring is found once, from its goroutine with the smallest id. Where several readers hold a lock,
/// the ring through the first of them that leads back is taken.
pub fn lock_cycles(world: &World) -> Vec<Cycle> {
    let mut cycles = BTreeSet::new();
    let mut done: BTreeSet<GoroutineId> = BTreeSet::new();
    for goroutine in world
        .goroutines()
        .filter(|goroutine| goroutine.is_waiting())
    {
        let mut path: Vec<Link> = Vec::new();
        search(world, goroutine, &mut path, &mut done, &mut cycles);
    }
    cycles.into_iter().collect()
}

/// Depth-first along the links; `done` holds goroutines whose rings are all found. The depth is bounded by
/// [`MAX_RING`], since a ring of more than that is not a picture any more.
fn search(
    world: &World,
    goroutine: &Goroutine,
    path: &mut Vec<Link>,
    done: &mut BTreeSet<GoroutineId>,
    cycles: &mut BTreeSet<Cycle>,
) {
    const MAX_RING: usize = 1000;
    if done.contains(&goroutine.id) || path.len() >= MAX_RING {
        return;
    }
    for link in holders(world, goroutine) {
        path.push(link);
        if let Some(start) = path
            .iter()
            .position(|earlier| earlier.goroutine == link.holder)
        {
            cycles.insert(ring(&path[start..]));
        } else if let Some(holder) = world.goroutine(link.holder) {
            search(world, holder, path, done, cycles);
        }
        path.pop();
    }
    done.insert(goroutine.id);
}

/// The ring, turned so that it starts with the smallest id.
fn ring(links: &[Link]) -> Cycle {
    let first = (0..links.len())
        .min_by_key(|place| links[*place].goroutine)
        .unwrap_or(0);
    Cycle {
        links: links[first..]
            .iter()
            .chain(&links[..first])
            .copied()
            .collect(),
    }
}
