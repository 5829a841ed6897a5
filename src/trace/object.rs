//! What goroutines meet at.

use serde::{Deserialize, Serialize};

use super::{ObjectId, Text, VirtualTime};

/// What an object is, as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ObjectKind {
    /// A channel.
    Channel {
        /// Slots of its buffer; 0 is unbuffered.
        capacity: u32,
        /// The type of its elements, as the program would write it.
        element: Text,
    },
    /// `sync.Mutex`.
    Mutex,
    /// `sync.RWMutex`.
    RwMutex,
    /// `sync.WaitGroup`.
    WaitGroup,
    /// `sync.Once`.
    Once,
    /// `sync.Cond`, with the lock it was made with.
    Cond {
        /// The lock, when it is an object.
        lock: ObjectId,
    },
    /// `sync.Pool`.
    Pool,
    /// `sync.Map`.
    Map,
    /// A value of `sync/atomic`; the type as the program would write it.
    Atomic {
        /// Such as `atomic.Int64` or `*int32`.
        element: Text,
    },
    /// A one-shot timer, with the channel it sends on (none for `AfterFunc` and `Sleep`).
    Timer {
        /// The channel of its ticks.
        channel: ObjectId,
    },
    /// A repeating timer.
    Ticker {
        /// The channel of its ticks.
        channel: ObjectId,
    },
    /// A context.
    Context {
        /// The one it was derived from.
        parent: ObjectId,
        /// How it was derived.
        kind: ContextKind,
        /// When it ends by itself; the earliest of its own and its ancestors'.
        deadline: Option<VirtualTime>,
    },
    /// A counting semaphore.
    Semaphore {
        /// How much it holds when nobody has any.
        capacity: u64,
    },
    /// Anything else, called by its type: a connection, an error group, a variable.
    Other {
        /// Such as `errgroup.Group`.
        label: Text,
    },
}

impl ObjectKind {
    /// The type's name as Go writes it, without an element type.
    pub fn words(&self) -> &str {
        match self {
            ObjectKind::Channel { .. } => "chan",
            ObjectKind::Mutex => "sync.Mutex",
            ObjectKind::RwMutex => "sync.RWMutex",
            ObjectKind::WaitGroup => "sync.WaitGroup",
            ObjectKind::Once => "sync.Once",
            ObjectKind::Cond { .. } => "sync.Cond",
            ObjectKind::Pool => "sync.Pool",
            ObjectKind::Map => "sync.Map",
            ObjectKind::Atomic { element } => element,
            ObjectKind::Timer { .. } => "time.Timer",
            ObjectKind::Ticker { .. } => "time.Ticker",
            ObjectKind::Context { .. } => "context.Context",
            ObjectKind::Semaphore { .. } => "semaphore",
            ObjectKind::Other { label } => label,
        }
    }
}

/// How a context was derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContextKind {
    /// `context.Background()`.
    Background,
    /// `context.TODO()`.
    Todo,
    /// `WithCancel`, `WithCancelCause`.
    Cancel,
    /// `WithDeadline`, `WithTimeout`.
    Deadline,
    /// `WithValue`.
    Value,
    /// `WithoutCancel`.
    WithoutCancel,
    /// `AfterFunc`'s own node.
    AfterFunc,
    /// A type of the program's own that is a `context.Context`.
    Custom,
}
