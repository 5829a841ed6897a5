//! Which operations commute.
//!
//! Two operations are *dependent* when their order can make a difference. Of two dependent ones that
//! were executed one after the other, the pair is *reversible* when the second could have come first:
//! an unlock before a lock is not, since before the unlock the lock had to wait.

use crate::runtime::{Mode, Touch};

/// Whether two operations on the same object do not commute.
pub fn dependent(a: Mode, b: Mode) -> bool {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    match a {
        Mode::Read => b == Mode::Write,
        Mode::Write => b == Mode::Write,
        Mode::Send => matches!(b, Mode::Send | Mode::Close | Mode::CloseParked),
        Mode::Receive => matches!(b, Mode::Receive | Mode::ReceiveParked | Mode::CloseParked),
        Mode::ReceiveParked => {
            matches!(b, Mode::ReceiveParked | Mode::Close | Mode::CloseParked)
        }
        Mode::Close | Mode::CloseParked => matches!(b, Mode::Close | Mode::CloseParked),
        Mode::Lock => true,
        Mode::Unlock => !matches!(b, Mode::RUnlock | Mode::TryFailedByReaders),
        Mode::RLock => !matches!(b, Mode::RLock | Mode::RUnlock | Mode::TryRead),
        Mode::RUnlock => matches!(b, Mode::TryTaken | Mode::TryFailedByReaders),
        Mode::Announce => b != Mode::TryFailedByReaders,
        Mode::TryTaken => true,
        Mode::TryRead => matches!(b, Mode::TryFailed | Mode::TryFailedByReaders),
        Mode::TryFailed | Mode::TryFailedByReaders => false,
        // Adding while the count is positive and nobody waits commutes with taking off. When somebody
        // waits, or comes to wait, it matters whether the count goes through zero before.
        Mode::Add => matches!(b, Mode::DoneBelowZero | Mode::WaitParked | Mode::Wait),
        Mode::AddWaited => is_done(b) || b == Mode::Wait,
        Mode::AddToZero => is_done(b) || is_wait(b),
        Mode::Done => b == Mode::DoneBelowZero,
        Mode::DoneToZero => matches!(b, Mode::DoneBelowZero | Mode::Wait | Mode::WaitResumed),
        Mode::DoneBelowZero => true,
        Mode::WaitParked | Mode::Wait | Mode::WaitResumed => false,
    }
}

fn is_wait(mode: Mode) -> bool {
    matches!(mode, Mode::WaitParked | Mode::Wait | Mode::WaitResumed)
}

fn is_done(mode: Mode) -> bool {
    matches!(mode, Mode::Done | Mode::DoneToZero | Mode::DoneBelowZero)
}

/// Whether the second of two dependent operations could have come before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reversal {
    /// Certainly not: it would have had to wait.
    No,
    /// Perhaps; that depends on others. Earlier operations must be considered as well.
    Perhaps,
    /// Certainly.
    Yes,
}

/// Whether `second`, executed behind `first` and dependent on it, could have come before it.
///
/// A wrong yes loses schedules: it hides the races with what came before `first`.
pub fn reversal(first: Mode, second: Mode) -> Reversal {
    match (first, second) {
        (Mode::Unlock, Mode::Lock | Mode::RLock | Mode::Announce)
        | (Mode::RUnlock | Mode::RLock | Mode::TryRead, Mode::Lock)
        | (Mode::Lock, Mode::RLock | Mode::Announce)
        | (
            Mode::TryFailed,
            Mode::Lock | Mode::RLock | Mode::Announce | Mode::TryTaken | Mode::TryRead,
        )
        | (Mode::DoneToZero, Mode::Wait) => Reversal::No,
        (Mode::Add | Mode::AddWaited, Mode::WaitParked | Mode::Wait) => Reversal::Perhaps,
        _ => Reversal::Yes,
    }
}

/// Whether a step with the footprint `step` wakes what sleeps with the footprint `sleeper`.
///
/// That is dependence, and two things more, since what a wait group's operations do depends on its
/// count:
/// - What brings the count to zero wakes whoever would take off from it, too: that would make it
///   negative now.
/// - A wait that parks wakes whoever would bring the count to zero. Their order makes a difference
///   when the group is used again behind them, which is only then found out
///   (`History::find_reuse`), and then must still be possible.
pub fn wakes(step: &[Touch], sleeper: &[Touch]) -> bool {
    let meet = |a: Mode, b: Mode| {
        dependent(a, b)
            || matches!(
                (a, b),
                (Mode::WaitParked, Mode::DoneToZero)
                    | (Mode::DoneToZero, Mode::Done | Mode::DoneToZero)
            )
    };
    step.iter().any(|x| {
        sleeper
            .iter()
            .any(|y| x.object == y.object && meet(x.mode, y.mode))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_channels() {
        use Mode::{Close, CloseParked, Receive, ReceiveParked, Send};
        let dependent_pairs = [
            (Send, Send),
            (Receive, Receive),
            (Receive, ReceiveParked),
            (Close, Send),
            (Close, Close),
            (CloseParked, Receive),
            (Close, ReceiveParked),
        ];
        for (a, b) in dependent_pairs {
            assert!(dependent(a, b) && dependent(b, a), "{a:?} {b:?}");
        }
        for (a, b) in [(Send, Receive), (Close, Receive), (Send, ReceiveParked)] {
            assert!(!dependent(a, b) && !dependent(b, a), "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_table_of_locks_and_groups() {
        use Mode::{
            Add, AddToZero, Announce, Done, DoneToZero, Lock, RLock, RUnlock, TryFailed, TryTaken,
            Unlock, Wait,
        };
        for (a, b) in [
            (RLock, RLock),
            (RLock, RUnlock),
            (RUnlock, RUnlock),
            (Announce, RUnlock),
            (Done, Done),
            (Add, Done),
            (TryFailed, TryFailed),
        ] {
            assert!(!dependent(a, b) && !dependent(b, a), "{a:?} {b:?}");
        }
        for (a, b, reversed) in [
            (Lock, Lock, Reversal::Yes),
            (Lock, TryFailed, Reversal::Yes),
            (TryFailed, Unlock, Reversal::Yes),
            (Unlock, TryTaken, Reversal::Yes),
            (RLock, Announce, Reversal::Yes),
            (AddToZero, DoneToZero, Reversal::Yes),
            (AddToZero, Wait, Reversal::Yes),
            (Add, Wait, Reversal::Perhaps),
            (Unlock, Lock, Reversal::No),
            (RUnlock, Lock, Reversal::No),
            (Unlock, RLock, Reversal::No),
            (TryFailed, Lock, Reversal::No),
            (DoneToZero, Wait, Reversal::No),
        ] {
            assert!(dependent(a, b) && dependent(b, a), "{a:?} {b:?}");
            assert_eq!(reversal(a, b), reversed, "{a:?} {b:?}");
        }
    }
}
