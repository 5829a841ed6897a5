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
        Mode::Add | Mode::AddToZero => match b {
            Mode::DoneToZero => a == Mode::AddToZero,
            Mode::DoneBelowZero | Mode::Wait => true,
            _ => false,
        },
        Mode::Done | Mode::DoneToZero => matches!(b, Mode::DoneBelowZero | Mode::Wait),
        Mode::DoneBelowZero => matches!(b, Mode::DoneBelowZero | Mode::Wait),
        Mode::Wait => false,
    }
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
        | (Mode::Done | Mode::DoneToZero | Mode::DoneBelowZero, Mode::Wait) => Reversal::No,
        (Mode::Add, Mode::Wait) => Reversal::Perhaps,
        _ => Reversal::Yes,
    }
}

/// Whether two footprints have dependent touches.
pub fn footprints_meet(a: &[Touch], b: &[Touch]) -> bool {
    a.iter().any(|x| {
        b.iter()
            .any(|y| x.object == y.object && dependent(x.mode, y.mode))
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
            (Done, Wait, Reversal::No),
        ] {
            assert!(dependent(a, b) && dependent(b, a), "{a:?} {b:?}");
            assert_eq!(reversal(a, b), reversed, "{a:?} {b:?}");
        }
    }
}
