//! One thing that happened.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{
    Fault, GoroutineId, ObjectId, ObjectKind, Outcome, PendingOperation, SelectCase, Span, Text,
    VirtualTime, WaitReason,
};

/// One thing that happened, in the order of happening.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// The program's time.
    pub time: VirtualTime,
    /// Who did it; [`GoroutineId::NONE`] is the clock or the runtime.
    pub goroutine: GoroutineId,
    /// Where it is written.
    pub span: Span,
    /// What it was.
    pub kind: EventKind,
}

impl Event {
    /// Bytes that the event keeps outside of itself, texts counted wherever they are shared.
    pub fn heap_bytes(&self) -> usize {
        let cases = |cases: &[SelectCase]| std::mem::size_of_val(cases);
        match &self.kind {
            EventKind::Yield {
                cases: Some(all), ..
            }
            | EventKind::Park {
                cases: Some(all), ..
            } => cases(all),
            EventKind::Go {
                name, arguments, ..
            } => name.len() + arguments.len(),
            EventKind::Output { text, .. }
            | EventKind::Variable { text, .. }
            | EventKind::Send { value: text, .. }
            | EventKind::Name { name: text, .. }
            | EventKind::Atomic { value: text, .. }
            | EventKind::Cancel { cause: text, .. }
            | EventKind::Call { function: text, .. }
            | EventKind::Panic { value: text }
            | EventKind::Recover { value: text }
            | EventKind::Access { name: text, .. }
            | EventKind::Receive {
                value: text,
                refill: None,
                ..
            } => text.len(),
            EventKind::Receive {
                value,
                refill: Some(refill),
                ..
            } => value.len() + std::mem::size_of::<Refill>() + refill.value.len(),
            EventKind::Enqueue { value, .. } => value.as_ref().map_or(0, |text| text.len()),
            EventKind::Update {
                operation, state, ..
            } => operation.len() + state.len(),
            EventKind::Choose { options, .. } => match options {
                ChoiceOptions::Cases(all) => cases(all),
                ChoiceOptions::Objects(all) => std::mem::size_of_val(&**all),
                ChoiceOptions::Labels(all) => all.iter().map(|label| 16 + label.len()).sum(),
                ChoiceOptions::Count(_) => 0,
            },
            EventKind::Fault { fault } => std::mem::size_of::<Fault>() + fault.message.len(),
            EventKind::End { outcome } => {
                std::mem::size_of::<Outcome>()
                    + match &**outcome {
                        Outcome::Deadlock(stuck) => std::mem::size_of_val(&**stuck),
                        Outcome::Panic(fault) | Outcome::Fatal(fault) => {
                            std::mem::size_of::<Fault>() + fault.message.len()
                        }
                        _ => 0,
                    }
            }
            _ => 0,
        }
    }
}

/// What happened. "The goroutine" is the one of the [`Event`].
///
/// Rules that hold for folding:
/// - A step is `Step`, then what the goroutine does, then exactly one of `Yield`, `Park`, `Exit`
///   (or the run ends). Between steps only the clock acts: `Advance`, `TimerFire`, and what
///   follows from them.
/// - Every entry in a wait queue is shown coming (`Enqueue`) and going (`Dequeue`), one event per
///   entry; a goroutine in a select has several. `Park` follows its `Enqueue`s, `Ready` its
///   `Dequeue`s. The first waiter of a `Mutex` keeps its place while it is awake and competes for
///   the lock; its `Dequeue` comes when it has it.
/// - A `RWMutex` is handed over: `Lock` then comes under the name of the one who gets it, just
///   before its `Ready`.
/// - A value is told once, by whoever completes the transfer: a send to a parked receiver is only
///   `Send { to: Receiver }`, a receive from a parked sender only `Receive { from: Sender }`.
/// - `Lock` and `Unlock` say who holds a lock; the counts of wait groups are absolute.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    // The life of goroutines.
    /// The scheduler picked the goroutine: Runnable to Running.
    Step,
    /// It stands before its next visible operation: Running to Runnable.
    Yield {
        /// What it stands before.
        next: PendingOperation,
        /// The cases, when that is a select.
        cases: Option<Rc<[SelectCase]>>,
    },
    /// Running to Waiting.
    Park {
        /// Why.
        reason: WaitReason,
        /// On what; none for a select.
        object: ObjectId,
        /// The cases, when it is a select.
        cases: Option<Rc<[SelectCase]>>,
    },
    /// Somebody made another goroutine go on: Waiting to Runnable.
    Ready {
        /// Which.
        goroutine: GoroutineId,
        /// Through which object.
        object: ObjectId,
        /// What it will do when picked: go on behind the operation, or try it again.
        next: PendingOperation,
    },
    /// A goroutine was started; it is Runnable. Main's is done by nobody.
    Go {
        /// The new one.
        child: GoroutineId,
        /// Its function.
        name: Text,
        /// The arguments as text, `ctx, 2`.
        arguments: Text,
    },
    /// The goroutine ended: Running to Dead.
    Exit,

    // Time, choices, output.
    /// The clock moved to the event's time, since nothing was runnable.
    Advance {
        /// The time before.
        from: VirtualTime,
    },
    /// A choice other than which goroutine goes next.
    Choose {
        /// Of what kind.
        kind: ChoiceKind,
        /// Among what; the ones not chosen stay visible here.
        options: ChoiceOptions,
        /// The option's place.
        picked: u64,
    },
    /// The program printed.
    Output {
        /// Where to.
        stream: Stream,
        /// What, exactly.
        text: Text,
    },

    // Objects.
    /// An object was made.
    Make {
        /// Its id.
        object: ObjectId,
        /// What it is.
        kind: ObjectKind,
    },
    /// An object got its name: the variable or field it was first bound to.
    Name {
        /// Which.
        object: ObjectId,
        /// `jobs`, `alice.mu`.
        name: Text,
    },
    /// A goroutine joined a wait queue.
    Enqueue {
        /// The object it waits at.
        object: ObjectId,
        /// Which of its queues; it joins at the back.
        queue: Queue,
        /// The case, when it waits in a select.
        case: Option<u32>,
        /// What it wants to send.
        value: Option<Text>,
    },
    /// An entry left a wait queue.
    Dequeue {
        /// Whose entry.
        goroutine: GoroutineId,
        /// The object it waited at.
        object: ObjectId,
        /// Which of its queues.
        queue: Queue,
        /// The case, when it waited in a select.
        case: Option<u32>,
    },

    // Channels.
    /// A value went into a channel.
    Send {
        /// The channel.
        channel: ObjectId,
        /// The value.
        value: Text,
        /// Into the buffer, or straight to a parked receiver.
        to: Delivery,
    },
    /// A value came out of a channel, or its end was seen.
    Receive {
        /// The channel.
        channel: ObjectId,
        /// The value.
        value: Text,
        /// False: the channel is closed and empty, the value is the zero value.
        ok: bool,
        /// From the front of the buffer, or straight from a parked sender.
        from: Origin,
        /// The parked sender whose value moved into the place that became free in the buffer.
        refill: Option<Box<Refill>>,
    },
    /// A channel was closed.
    Close {
        /// The channel.
        channel: ObjectId,
    },
    /// A select is done; the transfer itself has an event of its own.
    Selected {
        /// The case, or none for the default clause.
        case: Option<u32>,
    },

    // Locks and the like.
    /// The goroutine holds the lock now.
    Lock {
        /// The lock.
        object: ObjectId,
        /// Alone or with others.
        mode: LockMode,
    },
    /// The lock was given back (possibly not by the one who took it, as Go allows).
    Unlock {
        /// The lock.
        object: ObjectId,
        /// What it was held as.
        mode: LockMode,
        /// Who held it.
        holder: GoroutineId,
    },
    /// `TryLock` or `TryRLock`. When it succeeded, the goroutine holds the lock.
    TryLock {
        /// The lock.
        object: ObjectId,
        /// What it was to be held as.
        mode: LockMode,
        /// Whether it was taken.
        acquired: bool,
    },
    /// A writer waits at a `RWMutex`: from now on new readers wait, too.
    Announce {
        /// The lock.
        object: ObjectId,
    },
    /// A wait group's count changed.
    WaitGroup {
        /// The wait group.
        object: ObjectId,
        /// By how much.
        delta: i64,
        /// The count now.
        count: i64,
    },
    /// A wait ended: of a wait group, or of a condition (before it takes the lock again).
    Waited {
        /// The object.
        object: ObjectId,
    },
    /// Something about a `sync.Once`.
    Once {
        /// The once.
        object: ObjectId,
        /// What.
        step: OnceStep,
    },
    /// `Cond.Signal`.
    Signal {
        /// The condition.
        object: ObjectId,
        /// Who goes on; none when nobody waited: the signal is lost.
        to: Option<GoroutineId>,
    },
    /// `Cond.Broadcast`.
    Broadcast {
        /// The condition.
        object: ObjectId,
        /// How many waited.
        count: u32,
    },
    /// An atomic operation.
    Atomic {
        /// The atomic.
        object: ObjectId,
        /// Which.
        operation: AtomicOperation,
        /// The value behind it.
        value: Text,
    },
    /// What an object holds changed; for maps, pools, semaphores and all without events of their
    /// own.
    Update {
        /// The object.
        object: ObjectId,
        /// What was done, such as `Store a`.
        operation: Text,
        /// What it holds now.
        state: Text,
    },

    // Time and contexts.
    /// A timer or ticker was set going, first or again.
    TimerSet {
        /// The timer.
        timer: ObjectId,
        /// When it is due.
        deadline: VirtualTime,
        /// The ticker's period in nanoseconds; 0 for a one-shot timer.
        period: u64,
    },
    /// A timer was stopped.
    TimerStop {
        /// The timer.
        timer: ObjectId,
        /// Whether it was still to fire.
        active: bool,
    },
    /// A timer fired; a one-shot timer is no longer active.
    TimerFire {
        /// The timer.
        timer: ObjectId,
        /// When a ticker is due next.
        next: Option<VirtualTime>,
    },
    /// A context ended; each of its descendants has an event of its own.
    Cancel {
        /// The context.
        context: ObjectId,
        /// Its error.
        end: ContextEnd,
        /// Its cause as text.
        cause: Text,
    },

    // Frames and variables of the goroutine.
    /// A function was called: a frame on top. The event's span is the call.
    Call {
        /// `main.worker`, `main.(*Account).Deposit`.
        function: Text,
        /// The function's declaration.
        entry: Span,
    },
    /// The top frame is gone.
    Return,
    /// The top frame stands at the event's span.
    Line,
    /// A variable came to be or changed. Sequential changes of one variable keep its slot.
    Variable {
        /// The frame, from 0 at the bottom.
        frame: u32,
        /// Its place in the frame, in the order of declaration.
        slot: u16,
        /// Its name.
        name: Text,
        /// Its value; empty when it went out of scope.
        text: Text,
    },
    /// A shared variable was read or written.
    Access {
        /// The variable: the same number for the same place in memory throughout a run.
        place: u64,
        /// Read or write, of a variable or a whole map.
        mode: MemoryMode,
        /// What the program calls it.
        name: Text,
    },

    // Faults and the end.
    /// A panic began.
    Panic {
        /// Its value.
        value: Text,
    },
    /// A panic was recovered.
    Recover {
        /// Its value.
        value: Text,
    },
    /// What ends the run: an unrecovered panic or a fatal error.
    Fault {
        /// The words and the place.
        fault: Box<Fault>,
    },
    /// The last event.
    End {
        /// How the run ended.
        outcome: Box<Outcome>,
    },
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ChoiceKind {
    /// Which runnable goroutine goes next; a timer that is due is one of the options.
    Goroutine,
    /// Which ready case of a select.
    SelectCase,
    /// A random number.
    Random,
    /// The order of a map's keys.
    MapOrder,
    /// Whether, and what, a pool gives back.
    PoolHit,
    /// Whether a `TryLock` of a free lock fails.
    TryLock,
    /// Any other.
    Other,
}

/// What could have been chosen.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ChoiceOptions {
    /// The ready cases of a select.
    Cases(Rc<[SelectCase]>),
    /// Timers.
    Objects(Rc<[ObjectId]>),
    /// Anything with words.
    Labels(Rc<[Text]>),
    /// A number below this.
    Count(u64),
}

/// Where a sent value went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Delivery {
    /// To the back of the buffer.
    Buffer,
    /// Straight to a parked receiver.
    Receiver(GoroutineId),
}

/// Where a received value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// From the front of the buffer.
    Buffer,
    /// Straight from a parked sender.
    Sender(GoroutineId),
    /// From nobody: the channel is closed.
    Closed,
}

/// A parked sender's value that moved to the back of the buffer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Refill {
    /// The sender.
    pub sender: GoroutineId,
    /// Its value.
    pub value: Text,
}

/// Which of an object's wait queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Queue {
    /// Senders of a channel.
    Send,
    /// Receivers of a channel.
    Receive,
    /// Those who want a lock for themselves, or wait at any object with one queue.
    Wait,
    /// Readers at a `RWMutex`.
    Read,
}

/// How a lock is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LockMode {
    /// By one.
    Exclusive,
    /// By any number of readers.
    Shared,
}

/// The life of a `sync.Once`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OnceStep {
    /// The goroutine is the first and runs the function.
    Begin,
    /// The function has returned (or panicked).
    Done,
    /// The function had run before.
    Pass,
}

/// Which atomic operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum AtomicOperation {
    /// `Load`.
    Load,
    /// `Store`.
    Store,
    /// `Swap`.
    Swap,
    /// `Add`.
    Add,
    /// `And`.
    And,
    /// `Or`.
    Or,
    /// `CompareAndSwap` that swapped.
    CompareAndSwap,
    /// `CompareAndSwap` that found another value.
    CompareFailed,
}

/// How a shared variable was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MemoryMode {
    /// A read.
    Read,
    /// A write.
    Write,
    /// A read of a map.
    MapRead,
    /// A write to a map.
    MapWrite,
}

/// Where output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// A context's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContextEnd {
    /// `context.Canceled`.
    Canceled,
    /// `context.DeadlineExceeded`.
    DeadlineExceeded,
}

impl ContextEnd {
    /// Go's words.
    pub fn words(self) -> &'static str {
        match self {
            ContextEnd::Canceled => "context canceled",
            ContextEnd::DeadlineExceeded => "context deadline exceeded",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_at_most_64_bytes() {
        assert!(size_of::<Event>() <= 64, "{}", size_of::<Event>());
        assert!(size_of::<EventKind>() <= 40, "{}", size_of::<EventKind>());
    }
}
