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
        Mode::Lock => !matches!(b, Mode::Wait),
        Mode::Unlock => {
            matches!(
                b,
                Mode::Unlock | Mode::RLock | Mode::Announce | Mode::TryLock
            )
        }
        Mode::RLock => matches!(b, Mode::Announce | Mode::TryLock),
        Mode::RUnlock => matches!(b, Mode::TryLock),
        Mode::Announce | Mode::TryLock => matches!(b, Mode::Announce | Mode::TryLock),
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

/// Whether `second`, executed behind `first` and dependent on it, could have come before it.
pub fn reversible(first: Mode, second: Mode) -> bool {
    !matches!(
        (first, second),
        (Mode::Unlock, Mode::Lock | Mode::RLock | Mode::Announce)
            | (Mode::RUnlock, Mode::Lock)
            | (Mode::Lock, Mode::RLock)
            | (Mode::RLock, Mode::Lock)
            | (
                Mode::Done | Mode::DoneToZero | Mode::DoneBelowZero,
                Mode::Wait
            )
    )
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
        use Mode::{Add, Announce, Done, Lock, RLock, RUnlock, TryLock, Unlock, Wait};
        for (a, b) in [
            (RLock, RLock),
            (RLock, RUnlock),
            (RUnlock, RUnlock),
            (Done, Done),
        ] {
            assert!(!dependent(a, b), "{a:?} {b:?}");
        }
        for (a, b) in [
            (Lock, Lock),
            (Lock, TryLock),
            (Unlock, TryLock),
            (RLock, Announce),
        ] {
            assert!(
                dependent(a, b) && reversible(a, b) && reversible(b, a),
                "{a:?} {b:?}"
            );
        }
        for (a, b) in [
            (Unlock, Lock),
            (RUnlock, Lock),
            (Unlock, RLock),
            (Done, Wait),
        ] {
            assert!(dependent(a, b) && !reversible(a, b), "{a:?} {b:?}");
        }
        assert!(dependent(Add, Wait) && reversible(Add, Wait) && reversible(Wait, Add));
        assert!(!dependent(Announce, RUnlock));
    }
}
