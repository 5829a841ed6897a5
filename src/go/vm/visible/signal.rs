//! `os/signal` and `syscall`: signals that the program asks for, sends itself, or is sent from outside.

use super::Window;
use crate::go::vm::fault::Throw;
use crate::go::vm::heap::Word;
use crate::go::vm::machine::Shared;
use crate::go::vm::native::object::{self, Payload};
use crate::trace::{OperationKind, Outcome, PendingOperation};

/// The operations on signals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Notify,
    Stop,
    Ignore,
    Reset,
    Raise,
}

pub const TABLE: &[(&str, Signal)] = &[
    ("os/signal.notify", Signal::Notify),
    ("os/signal.stop", Signal::Stop),
    ("os/signal.ignore", Signal::Ignore),
    ("os/signal.reset", Signal::Reset),
    ("syscall.raise", Signal::Raise),
];

/// What is done with signals.
#[derive(Debug, Default)]
pub struct Signals {
    /// Channel words that asked, each with its signals; none stands for all.
    wanted: Vec<(Word, Vec<Word>)>,
    ignored: Vec<Word>,
}

impl Signals {
    /// The channels that must stay.
    pub fn channels(&self) -> impl Iterator<Item = Word> + '_ {
        self.wanted.iter().map(|entry| entry.0)
    }

    fn takers(&self, signal: Word) -> Vec<Word> {
        let wants = |entry: &&(Word, Vec<Word>)| entry.1.is_empty() || entry.1.contains(&signal);
        self.wanted
            .iter()
            .filter(wants)
            .map(|entry| entry.0)
            .collect()
    }

    /// Takes signals (all, if there are none) from all channels.
    fn forget(&mut self, signals: &[Word]) {
        if signals.is_empty() {
            self.wanted.clear();
            return;
        }
        for entry in &mut self.wanted {
            entry.1.retain(|signal| !signals.contains(signal));
        }
        self.wanted.retain(|entry| !entry.1.is_empty());
    }
}

/// Performs an operation on signals.
pub async fn perform(window: &Window<'_>, signal: Signal) -> Result<(), Throw> {
    let driver = window.driver;
    let handle = &driver.shared.handle;
    handle
        .point(PendingOperation::bare(OperationKind::Other, driver.span()))
        .await;
    let list = |at: usize| {
        let (start, count) = (window.word(at), window.word(at + 1));
        driver
            .with(|core, _| core.heap.slice(start, count as usize).to_vec())
            .unwrap_or_default()
    };
    match signal {
        Signal::Notify => {
            let (channel, signals) = (window.word(0), list(1));
            driver.with(|core, _| {
                let known = &mut core.packages.signals;
                known
                    .ignored
                    .retain(|ignored| !signals.is_empty() && !signals.contains(ignored));
                known.wanted.push((channel, signals));
            });
        }
        Signal::Stop => {
            let channel = window.word(0);
            driver.with(|core, _| {
                core.packages
                    .signals
                    .wanted
                    .retain(|entry| entry.0 != channel)
            });
        }
        Signal::Ignore => {
            let signals = list(0);
            driver.with(|core, _| {
                core.packages.signals.forget(&signals);
                core.packages.signals.ignored.extend(signals);
            });
        }
        Signal::Reset => {
            let signals = list(0);
            driver.with(|core, _| {
                let known = &mut core.packages.signals;
                known.forget(&signals);
                known
                    .ignored
                    .retain(|ignored| !signals.is_empty() && !signals.contains(ignored));
            });
        }
        Signal::Raise => deliver(&driver.shared, window.word(0)),
    }
    Ok(())
}

/// Sends the program a signal: to every channel that asked for it, without blocking; if there is none and
/// it is not ignored, the program ends as if killed.
pub fn deliver(shared: &Shared, signal: Word) {
    let (takers, value, ignored) = {
        let machine = shared.machine.borrow();
        let core = &machine.core;
        let is_signal = |ty: &crate::go::compile::layout::RuntimeType| {
            &*ty.package == "syscall" && &*ty.short_name == "Signal"
        };
        let ty = core.program.types.iter().position(is_signal).unwrap_or(0);
        let known = &core.packages.signals;
        let channels: Vec<_> = known
            .takers(signal)
            .into_iter()
            .filter_map(|word| object::channel(core, word).cloned())
            .collect();
        (
            channels,
            Payload::Two([ty as Word, signal]),
            known.ignored.contains(&signal),
        )
    };
    if takers.is_empty() {
        if !ignored {
            // As a shell tells of a program that a signal killed.
            shared.handle.stop(Outcome::Exited(128 + signal as i32));
        }
        return;
    }
    for channel in takers {
        // A channel without room misses the signal, as in Go.
        let _ = channel.offer(value.clone());
    }
}
