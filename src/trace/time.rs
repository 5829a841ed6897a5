//! The program's clock.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Nanoseconds of the program's own time since it started.
///
/// It advances only when nothing is runnable, to the next deadline.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct VirtualTime(pub u64);

impl VirtualTime {
    /// The start of the program.
    pub const ZERO: VirtualTime = VirtualTime(0);
    /// A time no program reaches: 584 years.
    pub const MAX: VirtualTime = VirtualTime(u64::MAX);

    /// This time and `nanoseconds` more; a negative or zero duration stays, an overflow saturates.
    #[must_use]
    pub fn after(self, nanoseconds: i64) -> VirtualTime {
        VirtualTime(
            self.0
                .saturating_add(u64::try_from(nanoseconds).unwrap_or(0)),
        )
    }
}

impl fmt::Display for VirtualTime {
    /// As Go prints a duration: `0s`, `250ns`, `1.5µs`, `20ms`, `2.25s`, `1m30s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SECOND: u64 = 1_000_000_000;
        let n = self.0;
        if n == 0 {
            return f.write_str("0s");
        }
        if n < SECOND {
            let (unit, name) = match n {
                0..1_000 => (1, "ns"),
                1_000..1_000_000 => (1_000, "µs"),
                _ => (1_000_000, "ms"),
            };
            return write_fraction(f, n, unit).and_then(|()| f.write_str(name));
        }
        let (hours, minutes) = (n / (3600 * SECOND), n / (60 * SECOND) % 60);
        if hours > 0 {
            write!(f, "{hours}h")?;
        }
        if hours > 0 || minutes > 0 {
            write!(f, "{minutes}m")?;
        }
        write_fraction(f, n % (60 * SECOND), SECOND)?;
        f.write_str("s")
    }
}

/// Writes `n / unit`, with as many decimals as it has.
fn write_fraction(f: &mut fmt::Formatter<'_>, n: u64, unit: u64) -> fmt::Result {
    write!(f, "{}", n / unit)?;
    let mut rest = n % unit;
    if rest > 0 {
        f.write_str(".")?;
    }
    let mut place = unit / 10;
    while rest > 0 {
        write!(f, "{}", rest / place)?;
        rest %= place;
        place /= 10;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_as_go_prints_durations() {
        for (n, text) in [
            (0, "0s"),
            (7, "7ns"),
            (1_500, "1.5µs"),
            (20_000_000, "20ms"),
            (1_002_003, "1.002003ms"),
            (2_250_000_000, "2.25s"),
            (60_000_000_000, "1m0s"),
            (90_000_000_000, "1m30s"),
            (3_600_000_000_000, "1h0m0s"),
            (5_025_000_000_001, "1h23m45.000000001s"),
        ] {
            assert_eq!(VirtualTime(n).to_string(), text);
        }
    }

    #[test]
    fn adding_never_wraps() {
        assert_eq!(VirtualTime(5).after(-3), VirtualTime(5));
        assert_eq!(VirtualTime(5).after(3), VirtualTime(8));
        assert_eq!(VirtualTime(u64::MAX).after(3), VirtualTime::MAX);
    }
}
