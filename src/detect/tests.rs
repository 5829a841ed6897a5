//! The judgements over hand-written traces: exactly the events that matter, nothing run.

use super::*;
use crate::trace::{
    Delivery, Event, EventKind, GoroutineId, LockMode, ObjectId, ObjectKind, OperationKind,
    Outcome, PendingOperation, Queue, SourceMap, Span, Stuck as StuckAtEnd, VirtualTime,
    WaitReason,
};
use crate::world::{World, narrate};

/// A world, and the events of the step it stands in.
struct Stage {
    world: World,
    step: Vec<Event>,
}

const MU1: ObjectId = ObjectId(1);
const MU2: ObjectId = ObjectId(2);

impl Stage {
    /// Main and `others` more goroutines, and objects with names.
    fn new(others: u32, objects: &[(ObjectKind, &str)]) -> Self {
        let mut stage = Self {
            world: World::new(),
            step: Vec::new(),
        };
        for id in 1..=others + 1 {
            let child = GoroutineId(id);
            let name = if id == 1 { "main.main" } else { "main.worker" }.into();
            stage.does(
                0,
                EventKind::Go {
                    child,
                    name,
                    arguments: "".into(),
                },
            );
        }
        for (place, (kind, name)) in objects.iter().enumerate() {
            let object = ObjectId(place as u32 + 1);
            stage.does(
                0,
                EventKind::Make {
                    object,
                    kind: kind.clone(),
                },
            );
            stage.does(
                0,
                EventKind::Name {
                    object,
                    name: (*name).into(),
                },
            );
        }
        stage
    }

    fn does(&mut self, who: u32, kind: EventKind) {
        let event = Event {
            time: VirtualTime(0),
            goroutine: GoroutineId(who),
            span: Span::NONE,
            kind,
        };
        if event.kind == EventKind::Step {
            self.step.clear();
        }
        self.world.apply(&event);
        self.step.push(event);
    }

    /// A step that does these things and stands before another operation.
    fn step(&mut self, who: u32, kinds: Vec<EventKind>) {
        self.does(who, EventKind::Step);
        for kind in kinds {
            self.does(who, kind);
        }
        let next = PendingOperation::bare(OperationKind::Gosched, Span::NONE);
        self.does(who, EventKind::Yield { next, cases: None });
    }

    fn locks(&mut self, who: u32, object: ObjectId) {
        self.step(
            who,
            vec![EventKind::Lock {
                object,
                mode: LockMode::Exclusive,
            }],
        );
    }

    fn parks(&mut self, who: u32, object: ObjectId, queue: Queue, reason: WaitReason) {
        self.does(who, EventKind::Step);
        self.does(
            who,
            EventKind::Enqueue {
                object,
                queue,
                case: None,
                value: Some("9".into()),
            },
        );
        self.does(
            who,
            EventKind::Park {
                reason,
                object,
                cases: None,
            },
        );
    }

    fn waits_for_lock(&mut self, who: u32, object: ObjectId) {
        self.parks(who, object, Queue::Wait, WaitReason::MutexLock);
    }

    fn said(&self) -> String {
        narrate(&self.step, &self.world)
    }

    fn stuck(&self) -> Vec<u32> {
        stuck(&self.world)
            .iter()
            .map(|stuck| stuck.goroutine.0)
            .collect()
    }

    fn chain(&self, from: u32) -> String {
        chain(&self.world, GoroutineId(from)).words(&self.world)
    }
}

fn mutexes() -> Stage {
    Stage::new(2, &[(ObjectKind::Mutex, "mu1"), (ObjectKind::Mutex, "mu2")])
}

fn channel(capacity: u32) -> ObjectKind {
    ObjectKind::Channel {
        capacity,
        element: "int".into(),
    }
}

#[test]
fn two_locks_in_opposite_order_are_a_cycle_in_words() {
    let mut stage = mutexes();
    stage.locks(2, MU1);
    stage.locks(3, MU2);
    stage.waits_for_lock(2, MU2);
    assert_eq!(stage.said(), "G2 waits to lock mu2, which G3 holds.");
    assert!(lock_cycles(&stage.world).is_empty());
    assert_eq!(
        stage.chain(2),
        "G2 waits for mu2, held by G3, which can run."
    );
    assert!(stage.stuck().is_empty(), "G3 can still unlock");
    stage.waits_for_lock(3, MU1);
    let cycles = lock_cycles(&stage.world);
    assert_eq!(cycles.len(), 1);
    assert_eq!(cycles[0].words(&stage.world), "G2 → mu2 → G3 → mu1 → G2");
    assert_eq!(
        cycles[0].sentence(&stage.world),
        "G2 waits for mu2, held by G3, which waits for mu1, held by G2"
    );
    assert_eq!(stage.stuck(), [2, 3], "main runs on, these two never will");
    let in_vain = [1, 2, 3].map(|id| waits_in_vain(&stage.world, GoroutineId(id)));
    assert_eq!(in_vain, [false, true, true]);
    assert_eq!(
        stage.chain(3),
        "G3 waits for mu1, held by G2, which waits for mu2, held by G3: a ring that comes back to G3. Nothing can open it."
    );
}

#[test]
fn a_goroutine_that_locks_twice_waits_for_itself() {
    let mut stage = mutexes();
    stage.locks(2, MU1);
    stage.waits_for_lock(2, MU1);
    assert_eq!(stage.said(), "G2 waits to lock mu1, which it holds itself.");
    assert_eq!(
        lock_cycles(&stage.world)[0].words(&stage.world),
        "G2 → mu1 → G2"
    );
    assert_eq!(stage.stuck(), [2]);
}

#[test]
fn waiting_behind_a_cycle_is_stuck_and_not_in_it() {
    let mut stage = Stage::new(3, &[(ObjectKind::Mutex, "mu1"), (ObjectKind::Mutex, "mu2")]);
    stage.locks(2, MU1);
    stage.locks(3, MU2);
    stage.waits_for_lock(2, MU2);
    stage.waits_for_lock(3, MU1);
    stage.waits_for_lock(4, MU1);
    let cycles = lock_cycles(&stage.world);
    assert_eq!(cycles.len(), 1);
    assert!(!cycles[0].contains(GoroutineId(4)) && cycles[0].contains(GoroutineId(3)));
    assert_eq!(stage.stuck(), [2, 3, 4]);
    assert!(waits_in_vain(&stage.world, GoroutineId(4)));
}

#[test]
fn two_readers_who_wait_for_the_same_lock_are_no_ring() {
    let objects = [(ObjectKind::RwMutex, "rw"), (ObjectKind::Mutex, "mu")];
    let mut stage = Stage::new(4, &objects);
    for reader in [2, 3] {
        stage.step(
            reader,
            vec![EventKind::Lock {
                object: MU1,
                mode: LockMode::Shared,
            }],
        );
    }
    stage.locks(4, MU2);
    stage.waits_for_lock(2, MU2);
    stage.waits_for_lock(3, MU2);
    stage.step(5, vec![EventKind::Announce { object: MU1 }]);
    stage.parks(5, MU1, Queue::Wait, WaitReason::RwMutexLock);
    assert!(
        !waits_in_vain(&stage.world, GoroutineId(5)),
        "G4 can unlock"
    );
    assert!(stage.stuck().is_empty() && lock_cycles(&stage.world).is_empty());
}

#[test]
fn a_recursive_read_lock_behind_a_writer_is_a_cycle() {
    let mut stage = Stage::new(2, &[(ObjectKind::RwMutex, "mu")]);
    stage.step(
        2,
        vec![EventKind::Lock {
            object: MU1,
            mode: LockMode::Shared,
        }],
    );
    stage.step(3, vec![EventKind::Announce { object: MU1 }]);
    stage.parks(3, MU1, Queue::Wait, WaitReason::RwMutexLock);
    assert_eq!(
        stage.said(),
        "G3 waits to lock mu for writing, which G2 reads."
    );
    stage.parks(2, MU1, Queue::Read, WaitReason::RwMutexRLock);
    assert_eq!(
        stage.said(),
        "G2 waits to read-lock mu, since G3 waits to write after G2."
    );
    assert_eq!(
        lock_cycles(&stage.world)[0].words(&stage.world),
        "G2 → mu → G3 → mu → G2"
    );
    assert_eq!(stage.stuck(), [2, 3]);
}

#[test]
fn a_lock_whose_holder_has_ended_never_opens() {
    let mut stage = mutexes();
    stage.locks(2, MU1);
    stage.does(2, EventKind::Step);
    stage.does(2, EventKind::Exit);
    stage.waits_for_lock(3, MU1);
    assert_eq!(
        stage.chain(3),
        "G3 waits for mu1, held by G2, which has ended without unlocking it."
    );
    assert_eq!(stage.stuck(), [3]);
}

#[test]
fn who_waits_on_a_channel_is_stuck_only_when_nobody_is_left() {
    let mut stage = Stage::new(2, &[(channel(0), "jobs")]);
    stage.parks(2, MU1, Queue::Receive, WaitReason::ChanReceive);
    assert_eq!(
        stage.said(),
        "G2 waits to receive from jobs, which is empty."
    );
    assert!(stage.stuck().is_empty(), "main or G3 could send");
    stage.parks(3, MU1, Queue::Receive, WaitReason::ChanReceive);
    stage.does(1, EventKind::Step);
    stage.does(1, EventKind::Exit);
    assert_eq!(stage.stuck(), [2, 3]);
    let nobody_reaches = |_: GoroutineId, _: ObjectId| false;
    let mut other = Stage::new(2, &[(channel(0), "jobs")]);
    other.parks(2, MU1, Queue::Receive, WaitReason::ChanReceive);
    let known: Vec<u32> = stuck_with(&other.world, &nobody_reaches)
        .iter()
        .map(|stuck| stuck.goroutine.0)
        .collect();
    assert_eq!(known, [2]);
}

#[test]
fn the_clock_may_still_wake_whoever_waits_for_it() {
    let timer = ObjectKind::Timer {
        channel: ObjectId(1),
    };
    let mut stage = Stage::new(1, &[(channel(1), "timeout"), (timer, "timer")]);
    let set = |deadline| EventKind::TimerSet {
        timer: ObjectId(2),
        deadline,
        period: 0,
    };
    stage.step(1, vec![set(VirtualTime(5_000_000))]);
    stage.parks(2, MU1, Queue::Receive, WaitReason::ChanReceive);
    stage.parks(1, MU1, Queue::Receive, WaitReason::ChanReceive);
    assert!(stage.stuck().is_empty());
    assert_eq!(stage.chain(2), "G2 goes on at 5ms.");
    stage.does(
        0,
        EventKind::TimerFire {
            timer: ObjectId(2),
            next: None,
        },
    );
    assert_eq!(stage.stuck(), [1, 2]);
}

#[test]
fn those_who_sent_before_are_named() {
    let mut stage = Stage::new(2, &[(channel(1), "jobs")]);
    let send = EventKind::Send {
        channel: MU1,
        value: "5".into(),
        to: Delivery::Buffer,
    };
    stage.step(3, vec![send]);
    assert_eq!(stage.said(), "G3 puts 5 into jobs.");
    stage.parks(2, MU1, Queue::Receive, WaitReason::ChanReceive);
    assert_eq!(
        stage.chain(2),
        "G2 waits for jobs. It could be woken by G3."
    );
}

#[test]
fn a_deadlock_is_reported_as_go_reports_it() {
    let mut stage = Stage::new(1, &[(channel(0), "jobs")]);
    stage.parks(2, MU1, Queue::Send, WaitReason::ChanSend);
    assert_eq!(
        stage.said(),
        "G2 waits to send 9 on jobs, where nobody receives yet."
    );
    stage.parks(1, MU1, Queue::Send, WaitReason::ChanSend);
    let at = |goroutine| StuckAtEnd {
        goroutine: GoroutineId(goroutine),
        reason: WaitReason::ChanSend,
        object: MU1,
        span: Span::NONE,
    };
    let outcome = Box::new(Outcome::Deadlock(Box::new([at(1), at(2)])));
    stage.does(0, EventKind::End { outcome });
    assert!(
        stage
            .said()
            .ends_with("Now nobody can go on: this is a deadlock.")
    );
    let report = report(&stage.world, &SourceMap::new()).expect("a report");
    assert_eq!(
        report.to_string(),
        "fatal error: all goroutines are asleep - deadlock!\n\
         \ngoroutine 1 [chan send]:\nmain.main(...)\n\t-\n\
         \ngoroutine 2 [chan send]:\nmain.worker(...)\n\t-\n"
    );
}
