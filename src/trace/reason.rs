//! The states of a goroutine and what it waits for, in the Go runtime's words.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a goroutine waits; printed as in the header of a Go traceback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WaitReason {
    /// A receive from a channel with nothing to give.
    ChanReceive,
    /// A receive from the nil channel: for ever.
    ChanReceiveNil,
    /// A send on a channel without room.
    ChanSend,
    /// A send on the nil channel: for ever.
    ChanSendNil,
    /// A select none of whose cases can go on.
    Select,
    /// `select {}`: for ever.
    SelectNoCases,
    /// `Mutex.Lock`, and a second `Once.Do` while the first runs.
    MutexLock,
    /// `RWMutex.RLock` while a writer holds or waits.
    RwMutexRLock,
    /// `RWMutex.Lock`.
    RwMutexLock,
    /// `WaitGroup.Wait`.
    WaitGroupWait,
    /// `Cond.Wait`.
    CondWait,
    /// `time.Sleep`.
    Sleep,
    /// Any other semaphore of the runtime.
    Semacquire,
    /// The network.
    IoWait,
    /// `synctest.Wait`.
    SynctestWait,
    /// `synctest.Test`, until its bubble has ended.
    SynctestRun,
    /// A future that is not of `sync/`: only goroutines written in Rust have one.
    Future,
}

impl WaitReason {
    /// Go's words.
    pub fn words(self) -> &'static str {
        match self {
            WaitReason::ChanReceive => "chan receive",
            WaitReason::ChanReceiveNil => "chan receive (nil chan)",
            WaitReason::ChanSend => "chan send",
            WaitReason::ChanSendNil => "chan send (nil chan)",
            WaitReason::Select => "select",
            WaitReason::SelectNoCases => "select (no cases)",
            WaitReason::MutexLock => "sync.Mutex.Lock",
            WaitReason::RwMutexRLock => "sync.RWMutex.RLock",
            WaitReason::RwMutexLock => "sync.RWMutex.Lock",
            WaitReason::WaitGroupWait => "sync.WaitGroup.Wait",
            WaitReason::CondWait => "sync.Cond.Wait",
            WaitReason::Sleep => "sleep",
            WaitReason::Semacquire => "semacquire",
            WaitReason::IoWait => "IO wait",
            WaitReason::SynctestWait => "synctest.Wait",
            WaitReason::SynctestRun => "synctest.Run",
            WaitReason::Future => "future",
        }
    }

    /// Whether nothing in the program can ever end this wait.
    pub fn is_for_ever(self) -> bool {
        matches!(
            self,
            WaitReason::ChanReceiveNil | WaitReason::ChanSendNil | WaitReason::SelectNoCases
        )
    }
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// What a goroutine does right now.
///
/// The legal changes are Runnable to Running; Running to Runnable, Waiting or Dead; Waiting to
/// Runnable. See [`GoroutineState::may_become`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GoroutineState {
    /// Ready to go on when the scheduler picks it.
    Runnable,
    /// The one that executes.
    Running,
    /// Parked until somebody readies it.
    Waiting(WaitReason),
    /// Ended.
    Dead,
}

impl GoroutineState {
    /// Whether the change is legal.
    pub fn may_become(self, next: GoroutineState) -> bool {
        use GoroutineState::{Dead, Runnable, Running, Waiting};
        matches!(
            (self, next),
            (Runnable, Running) | (Running, Runnable | Waiting(_) | Dead) | (Waiting(_), Runnable)
        )
    }
}
