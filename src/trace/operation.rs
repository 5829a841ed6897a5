//! What a goroutine is about to do.

use serde::{Deserialize, Serialize};

use super::{ObjectId, Span};

/// The visible operation a runnable goroutine stands before.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct PendingOperation {
    /// What it does.
    pub kind: OperationKind,
    /// What it does it to; none for a select, whose cases say it, and for operations on nothing.
    pub object: ObjectId,
    /// Where it is written.
    pub span: Span,
}

impl PendingOperation {
    /// An operation on an object.
    pub fn new(kind: OperationKind, object: ObjectId, span: Span) -> PendingOperation {
        PendingOperation { kind, object, span }
    }

    /// An operation that needs no object.
    pub fn bare(kind: OperationKind, span: Span) -> PendingOperation {
        PendingOperation {
            kind,
            object: ObjectId::NONE,
            span,
        }
    }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $words:literal,)*) => {
        /// The kinds of visible operations.
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum OperationKind { $($(#[$doc])* $name,)* }

        impl OperationKind {
            /// A verb for a sentence, made to stand before the object's name: "send on", "lock".
            pub fn words(self) -> &'static str {
                match self { $(OperationKind::$name => $words,)* }
            }
        }
    };
}

operations! {
    /// A new goroutine's first step: it runs up to its first visible operation.
    #[default]
    Start = "start",
    /// What it was parked on is done: it goes on behind it.
    Resume = "continue",
    /// Out of fuel in the middle of its own work.
    Continue = "keep running",
    /// `runtime.Gosched()`.
    Gosched = "let others run",
    /// A `go` statement.
    Go = "start a goroutine",
    /// The end of the goroutine; of main, the end of the program.
    Exit = "return",
    /// `ch <- v`.
    Send = "send on",
    /// `<-ch`.
    Receive = "receive from",
    /// `close(ch)`.
    Close = "close",
    /// A select statement.
    Select = "select",
    /// `Lock`; for a `RWMutex`, taking the lock once announced.
    Lock = "lock",
    /// A writer's announcement, the first half of `RWMutex.Lock`.
    Announce = "announce a writer on",
    /// `Unlock`.
    Unlock = "unlock",
    /// `RLock`.
    RLock = "read-lock",
    /// `RUnlock`.
    RUnlock = "read-unlock",
    /// `TryLock`.
    TryLock = "try to lock",
    /// `TryRLock`.
    TryRLock = "try to read-lock",
    /// `WaitGroup.Add`.
    WaitGroupAdd = "add to",
    /// `WaitGroup.Done`.
    WaitGroupDone = "call Done on",
    /// `WaitGroup.Wait`.
    WaitGroupWait = "wait for",
    /// `Once.Do`.
    OnceDo = "call Do on",
    /// The end of the first `Once.Do`.
    OnceDone = "finish Do on",
    /// `Cond.Wait`.
    CondWait = "wait on",
    /// `Cond.Signal`.
    CondSignal = "signal",
    /// `Cond.Broadcast`.
    CondBroadcast = "broadcast on",
    /// An atomic load.
    AtomicLoad = "load",
    /// An atomic store.
    AtomicStore = "store to",
    /// An atomic read and write in one: swap, add, and, or, compare-and-swap.
    AtomicUpdate = "update",
    /// `Pool.Get`.
    PoolGet = "get from",
    /// `Pool.Put`.
    PoolPut = "put into",
    /// A reading method of `sync.Map`.
    MapRead = "read",
    /// A writing method of `sync.Map`.
    MapWrite = "write to",
    /// `time.Sleep`.
    Sleep = "sleep",
    /// Setting a timer or ticker going, also by `Reset`.
    TimerSet = "set",
    /// `Stop` of a timer or ticker.
    TimerStop = "stop",
    /// The firing of a timer that is due; the clock does it.
    TimerFire = "fire",
    /// Cancelling a context.
    Cancel = "cancel",
    /// Asking a context for its error or cause.
    ContextRead = "ask",
    /// Printing.
    Output = "print",
    /// Reading a shared variable (only where memory accesses are scheduling points).
    Read = "read variable",
    /// Writing a shared variable (only where memory accesses are scheduling points).
    Write = "write variable",
    /// Any other.
    Other = "use",
}

/// Whether a select case, or a waiter, sends or receives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// `case ch <- v`.
    Send,
    /// `case v := <-ch`.
    Receive,
}

/// One case of a select; the default clause is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SelectCase {
    /// Its place among the select's cases, from 0, in source order.
    pub index: u32,
    /// Which way.
    pub direction: Direction,
    /// The channel; [`ObjectId::NONE`] is the nil channel, which is never ready.
    pub channel: ObjectId,
    /// Where the case is written.
    pub span: Span,
}
