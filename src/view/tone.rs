//! The states of a goroutine as the screen tells them: by colour, by shape and by word.

use crate::trace::{GoroutineState, WaitReason};
use crate::world::Goroutine;

/// One way of being, with its colour (`data-state` in the style sheets), shape and word.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Tone {
    Running,
    #[default]
    Ready,
    Send,
    Receive,
    Select,
    Lock,
    Sleep,
    Fault,
    Done,
}

impl Tone {
    /// All of them, as the legend lists them.
    pub const ALL: [Tone; 9] = [
        Tone::Running,
        Tone::Ready,
        Tone::Send,
        Tone::Receive,
        Tone::Select,
        Tone::Lock,
        Tone::Sleep,
        Tone::Fault,
        Tone::Done,
    ];

    /// The value of `data-state`, and of the custom property that holds its colour.
    pub fn name(self) -> &'static str {
        match self {
            Tone::Running => "running",
            Tone::Ready => "ready",
            Tone::Send => "send",
            Tone::Receive => "receive",
            Tone::Select => "select",
            Tone::Lock => "lock",
            Tone::Sleep => "sleep",
            Tone::Fault => "fault",
            Tone::Done => "done",
        }
    }

    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Tone::Running => "running",
            Tone::Ready => "ready",
            Tone::Send => "waits to send",
            Tone::Receive => "waits to receive",
            Tone::Select => "waits in select",
            Tone::Lock => "waits for a lock or group",
            Tone::Sleep => "sleeping",
            Tone::Fault => "stuck or panicking",
            Tone::Done => "done",
        }
    }

    /// The tone of a reason to wait.
    pub fn of_reason(reason: WaitReason) -> Tone {
        match reason {
            WaitReason::ChanSend | WaitReason::ChanSendNil => Tone::Send,
            WaitReason::ChanReceive | WaitReason::ChanReceiveNil => Tone::Receive,
            WaitReason::Select | WaitReason::SelectNoCases => Tone::Select,
            WaitReason::Sleep => Tone::Sleep,
            _ => Tone::Lock,
        }
    }

    /// The tone of a goroutine; `stuck` when nothing can wake it any more.
    pub fn of(goroutine: &Goroutine, stuck: bool) -> Tone {
        if stuck || goroutine.panicking.is_some() {
            return Tone::Fault;
        }
        match goroutine.state {
            GoroutineState::Running => Tone::Running,
            GoroutineState::Runnable => Tone::Ready,
            GoroutineState::Waiting(reason) => Tone::of_reason(reason),
            GoroutineState::Dead => Tone::Done,
        }
    }
}
