//! `time`: sleep, timers and tickers, on virtual time.

use std::rc::Rc;

use super::Window;
use crate::go::vm::fault::Throw;
use crate::go::vm::heap::{Word, handle as handle_of};
use crate::go::vm::machine::Shared;
use crate::go::vm::native::object::{self, Native, Payload};
use crate::go::vm::traceback::Origin;
use crate::runtime::Handle;
use crate::sync::{Timer, sleep_at};
use crate::trace::{OperationKind, PendingOperation, VirtualTime};

/// The operations of `time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    Sleep,
    Start,
    Stop,
    Reset,
    /// `testing/synctest.idle`.
    Idle,
}

pub const TABLE: &[(&str, Clock)] = &[
    ("time.Sleep", Clock::Sleep),
    ("(*time.alarm).start", Clock::Start),
    ("(*time.alarm).stop", Clock::Stop),
    ("(*time.alarm).reset", Clock::Reset),
    ("testing/synctest.idle", Clock::Idle),
];

/// Seconds from the year 1 to 1970.
const UNIX_TO_YEAR_1: u64 = 62_135_596_800;

/// Performs an operation of `time`. The receiver is the last parameter.
pub async fn perform(window: &Window<'_>, clock: Clock) -> Result<(), Throw> {
    let span = window.driver.span();
    let handle = &window.driver.shared.handle;
    match clock {
        Clock::Sleep => sleep_at(handle, span, window.word(0) as i64).await,
        Clock::Idle => {
            let sleep = PendingOperation::bare(OperationKind::Sleep, span);
            handle.point(sleep).await;
            handle.idle().await;
        }
        Clock::Start => start(window).await?,
        Clock::Stop => {
            let (timer, _) = alarm(window, window.word(0))?;
            let active = timer.stop_at(span).await;
            window
                .driver
                .with(|core, _| core.packages.timers.remove(&timer.id()));
            window.set(0, Word::from(active));
        }
        Clock::Reset => {
            let (timer, function) = alarm(window, window.word(2))?;
            let active = timer.reset_at(span, window.word(0) as i64).await;
            if function != 0 {
                window
                    .driver
                    .with(|core, _| core.packages.timers.insert(timer.id(), function));
            }
            window.set(0, Word::from(active));
        }
    }
    Ok(())
}

/// `func (a *alarm) start(c chan Time, d, period int64, f func())`
async fn start(window: &Window<'_>) -> Result<(), Throw> {
    let driver = window.driver;
    let handle = &driver.shared.handle;
    let (channel, nanoseconds, period) = (window.word(0), window.word(1) as i64, window.word(2));
    let (function, receiver) = (window.word(3), window.word(4));
    if receiver == 0 {
        return Err(Throw::Nil);
    }
    handle
        .point(PendingOperation::bare(
            OperationKind::TimerSet,
            driver.span(),
        ))
        .await;
    let sender = driver
        .with(|core, _| object::channel(core, channel).cloned())
        .flatten();
    let shared = driver.shared.weak();
    let timer = match sender {
        Some(channel) => {
            let make = Rc::new(move |now: VirtualTime| {
                Payload::new(&time_words(shared.upgrade().as_deref(), now))
            });
            Timer::feeding(handle, &channel, nanoseconds, period, make)
        }
        None => {
            // The timer's id is known only behind its making.
            let id = Rc::new(std::cell::Cell::new(None));
            let known = Rc::clone(&id);
            let call = move |_: &Handle| {
                if let Some(shared) = shared.upgrade() {
                    let function = shared
                        .machine
                        .borrow_mut()
                        .core
                        .packages
                        .timers
                        .remove(&known.get().unwrap_or_default());
                    fire(&shared, function);
                }
            };
            let timer = Timer::calling(handle, nanoseconds, Rc::new(call));
            id.set(Some(timer.id()));
            driver.with(|core, _| core.packages.timers.insert(timer.id(), function));
            timer
        }
    };
    driver.with(|core, _| {
        let word = object::add(core, Native::Timer { timer, function });
        core.heap.store(receiver, word);
    });
    Ok(())
}

/// Starts the goroutine of an `AfterFunc`.
fn fire(shared: &Shared, function: Option<Word>) {
    let Some(closure) = function.filter(|&closure| closure != 0) else {
        return;
    };
    let index = shared.machine.borrow().core.closure_function(closure);
    shared.spawn(index, closure, &[], Origin::default());
}

/// The timer of an alarm, and the func value it starts.
fn alarm(window: &Window<'_>, receiver: Word) -> Result<(Timer<Payload>, Word), Throw> {
    if receiver == 0 {
        return Err(Throw::Nil);
    }
    let found = window.driver.with(|core, _| {
        let word = core.heap.load(receiver);
        match core.heap.native(handle_of(word)) {
            Some(Native::Timer { timer, function }) => Some((timer.clone(), *function)),
            _ => None,
        }
    });
    found.flatten().ok_or(Throw::Nil)
}

/// The words of a `time.Time`: seconds since the year 1, nanoseconds, the monotonic clock plus one, and
/// the location.
fn time_words(shared: Option<&Shared>, now: VirtualTime) -> [Word; 4] {
    let (epoch, location) = shared.map_or((0, 0), |shared| {
        let machine = shared.machine.borrow();
        let core = &machine.core;
        let location = core
            .packages
            .local
            .and_then(|at| core.globals().get(at as usize))
            .copied()
            .unwrap_or(0);
        (core.packages.epoch, location)
    });
    let unix = epoch.wrapping_add(now.0);
    let seconds = UNIX_TO_YEAR_1 + unix / 1_000_000_000;
    [seconds, unix % 1_000_000_000, now.0 + 1, location]
}
