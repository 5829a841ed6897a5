//! What observers are told: footprints, happens-before, and the state of objects.

use crate::trace::{GoroutineId, MemoryMode, ObjectId, OperationKind, Span, VirtualTime};

/// What an executed operation did to an object; a step's footprint is a list of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Touch {
    /// The object. Shared variables that are scheduling points have ids of their own.
    pub object: ObjectId,
    /// In which way.
    pub mode: Mode,
}

/// The ways of touching that make a difference to whether two operations commute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Reading a variable or an atomic.
    Read,
    /// Writing a variable or an atomic, and everything that is not told apart more finely.
    Write,
    /// Sending.
    Send,
    /// Receiving.
    Receive,
    /// Receiving, when a sender was parked, who goes on because of it.
    ReceiveParked,
    /// Closing a channel.
    Close,
    /// Closing a channel in which a sender was parked.
    CloseParked,
    /// Taking a lock alone.
    Lock,
    /// Giving it back.
    Unlock,
    /// Taking a lock with others.
    RLock,
    /// Giving it back.
    RUnlock,
    /// Announcing a writer.
    Announce,
    /// `TryLock` that took the lock.
    TryTaken,
    /// `TryRLock` that took the lock.
    TryRead,
    /// `TryLock` or `TryRLock` that failed because somebody holds the lock alone, or is to.
    TryFailed,
    /// `TryLock` that failed because of readers.
    TryFailedByReaders,
    /// `WaitGroup.Add` with a positive number, when the count is positive and nobody waits.
    Add,
    /// The same, when the count is positive and somebody waits.
    AddWaited,
    /// The same, when the count is zero.
    AddToZero,
    /// `WaitGroup.Done`, or adding a negative number.
    Done,
    /// The same, when the count comes to zero.
    DoneToZero,
    /// The same, when the count becomes negative.
    DoneBelowZero,
    /// `WaitGroup.Wait` that parks.
    WaitParked,
    /// `WaitGroup.Wait` that finds the count zero.
    Wait,
    /// `WaitGroup.Wait` that goes on and looks whether the group is used again already.
    WaitResumed,
}

/// Operations on locks that park, as bits. Of these it makes no difference whether they park or wait
/// until they need not.
pub struct Blocked;

impl Blocked {
    /// Taking a lock alone, and a once that is being done.
    pub const LOCK: u8 = 1;
    /// Taking a lock with others.
    pub const RLOCK: u8 = 2;
    /// Announcing a writer.
    pub const ANNOUNCE: u8 = 4;

    /// The bit of an operation; 0 when it is not among these.
    pub fn bit(kind: OperationKind) -> u8 {
        match kind {
            OperationKind::Lock | OperationKind::OnceDo => Blocked::LOCK,
            OperationKind::RLock => Blocked::RLOCK,
            OperationKind::Announce => Blocked::ANNOUNCE,
            _ => 0,
        }
    }
}

/// A step in the happens-before order of the Go memory model (June 2022).
///
/// A sync object is an object and a slot in it: a buffered channel has one a slot of its buffer,
/// and [`Order::CLOSE`] for its close; everything else has slot 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The goroutine learns all that was released into the sync object.
    Acquire {
        /// The object.
        object: ObjectId,
        /// The slot.
        slot: u32,
    },
    /// The goroutine's past becomes part of the sync object.
    Release {
        /// The object.
        object: ObjectId,
        /// The slot.
        slot: u32,
    },
    /// The other goroutine learns this one's past: a `go` statement, a direct hand-off.
    Tell {
        /// The one who learns.
        to: GoroutineId,
    },
    /// The goroutine learns the other one's past: the sender of an unbuffered channel, the
    /// receiver.
    Learn {
        /// The one whose past it is.
        from: GoroutineId,
    },
    /// A shared variable is read or written.
    Access {
        /// The variable: the same number for the same place.
        place: u64,
        /// How.
        mode: MemoryMode,
        /// Where that is written.
        span: Span,
    },
}

impl Order {
    /// The slot of a channel's close.
    pub const CLOSE: u32 = u32::MAX;
    /// The slot of a `RWMutex`'s readers: what the next writer learns.
    pub const READERS: u32 = 1;
}

/// Is told the happens-before order as it comes about, recording or not.
pub trait Observer {
    /// `goroutine` does `order`; [`GoroutineId::NONE`] is the clock.
    fn order(&mut self, goroutine: GoroutineId, order: Order);
}

/// An object's own account of itself, to hold the folded picture against.
pub trait Inspect {
    /// How it stands now.
    fn inspect(&self) -> ObjectSnapshot;
}

/// How an object stands; what does not apply is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectSnapshot {
    /// The values in a channel's buffer, front first.
    pub buffer: Vec<String>,
    /// Senders in a channel's queue, front first; one entry for each case of a select.
    pub senders: Vec<GoroutineId>,
    /// Receivers in a channel's queue, front first; or whoever waits at another object.
    pub receivers: Vec<GoroutineId>,
    /// Waiting readers of a lock.
    pub readers_waiting: Vec<GoroutineId>,
    /// Whether the channel is closed, the context has ended, the once is done.
    pub done: bool,
    /// Who holds the lock alone.
    pub holder: Option<GoroutineId>,
    /// Who holds it with others, in the order of taking it.
    pub readers: Vec<GoroutineId>,
    /// The wait group's count.
    pub count: i64,
    /// When the timer is due.
    pub deadline: Option<VirtualTime>,
}
