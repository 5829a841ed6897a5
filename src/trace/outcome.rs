//! How a run ended.

use serde::{Deserialize, Serialize};

use super::{GoroutineId, ObjectId, Span, Text, WaitReason};

/// How a run ended. Leaks, races and lock-order cycles are findings beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Main returned.
    Completed,
    /// `os.Exit`.
    Exited(i32),
    /// All goroutines are asleep, and nothing can wake one.
    Deadlock(Box<[Stuck]>),
    /// A panic that nobody recovered.
    Panic(Box<Fault>),
    /// A fatal error of the runtime, which cannot be recovered.
    Fatal(Box<Fault>),
    /// A limit on the work of a run.
    StepLimit(Exceeded),
    /// A limit on the memory of a run.
    MemoryLimit(Exceeded),
    /// Stopped from outside.
    Stopped,
}

impl Outcome {
    /// The status a Go program would exit with; limits and stops exit with 2, too.
    pub fn exit_status(&self) -> i32 {
        match self {
            Outcome::Completed => 0,
            Outcome::Exited(code) => *code,
            _ => 2,
        }
    }

    /// Whether the program itself went wrong: deadlock, panic or fatal error.
    pub fn is_fault(&self) -> bool {
        matches!(
            self,
            Outcome::Deadlock(_) | Outcome::Panic(_) | Outcome::Fatal(_)
        )
    }
}

/// A panic or fatal error that ended a run.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fault {
    /// Whose.
    pub goroutine: GoroutineId,
    /// What Go prints behind `panic: ` or `fatal error: `, possibly of several lines.
    pub message: Text,
    /// Where it happened.
    pub span: Span,
}

/// A goroutine that sleeps for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Stuck {
    /// Whose.
    pub goroutine: GoroutineId,
    /// What it waits for.
    pub reason: WaitReason,
    /// On what; none for a select.
    pub object: ObjectId,
    /// Where it parked.
    pub span: Span,
}

/// Which limit was exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Exceeded {
    /// Steps.
    Steps,
    /// Fuel, summed over all steps.
    Fuel,
    /// Events in the trace.
    Events,
    /// Memory of the program.
    Memory,
    /// Goroutines started.
    Goroutines,
}
