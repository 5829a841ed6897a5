//! A schedule and its text.
//!
//! The text is `1.` (the version) and one token a decision:
//!
//! - a letter for a choice among 2 to 9 options: `a b` are the two picks of two options, `c d e`
//!   those of three, and so on up to `R`; or `_COUNT.PICK_` in decimals for more options;
//! - before it, a letter from `S` on when the choice is not about goroutines: `S` select case, `V`
//!   random number, `W` map order, `X` pool, `Y` TryLock, `Z` other;
//! - behind it, a decimal number when the same decision is made so many times in a row.
//!
//! So `1.aab12ScV_100.41_` is five tokens for sixteen decisions. All characters stand for
//! themselves in an address. A schedule keeps its text rather than a list, since that is smaller.

use std::fmt::{self, Write};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ChoiceKind, Decision};

const VERSION: &str = "1.";
/// More options than this do not fit one letter.
const MOST_BY_LETTER: u64 = 9;

/// The decisions of a run, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The tokens of all decisions before the last run of equal ones.
    tokens: String,
    /// The last decision and how often it has been made in a row.
    last: Option<(Decision, u64)>,
    len: u64,
}

impl Schedule {
    /// A schedule without decisions.
    pub fn new() -> Schedule {
        Schedule::default()
    }

    /// Adds a decision at the end.
    pub fn push(&mut self, decision: Decision) {
        self.push_run(decision, 1);
    }

    fn push_run(&mut self, decision: Decision, times: u64) {
        self.len = self.len.saturating_add(times);
        match &mut self.last {
            Some((last, repeat)) if *last == decision => *repeat = repeat.saturating_add(times),
            last => {
                if let Some((last, repeat)) = last.replace((decision, times)) {
                    write_token(&mut self.tokens, last, repeat);
                }
            }
        }
    }

    /// How many decisions.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether nothing has been decided.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The decisions in order.
    pub fn decisions(&self) -> Decisions<'_> {
        Decisions {
            tokens: self.tokens.as_bytes(),
            last: self.last,
            current: None,
        }
    }

    /// The first `len` decisions.
    #[must_use]
    pub fn prefix(&self, len: u64) -> Schedule {
        let mut prefix = Schedule::new();
        let mut runs = self.decisions();
        while let Some((decision, times)) = runs.next_run() {
            let times = times.min(len - prefix.len);
            if times == 0 {
                break;
            }
            prefix.push_run(decision, times);
        }
        prefix
    }

    /// Forgets all decisions, keeping the allocation.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.last = None;
        self.len = 0;
    }
}

impl Extend<Decision> for Schedule {
    fn extend<I: IntoIterator<Item = Decision>>(&mut self, decisions: I) {
        for decision in decisions {
            self.push(decision);
        }
    }
}

impl FromIterator<Decision> for Schedule {
    fn from_iter<I: IntoIterator<Item = Decision>>(decisions: I) -> Schedule {
        let mut schedule = Schedule::new();
        schedule.extend(decisions);
        schedule
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(VERSION)?;
        f.write_str(&self.tokens)?;
        let mut last = String::new();
        if let Some((decision, times)) = self.last {
            write_token(&mut last, decision, times);
        }
        f.write_str(&last)
    }
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    /// Reads the text form. Linear in the text; memory does not grow with the repeats it claims.
    fn from_str(text: &str) -> Result<Schedule, ScheduleError> {
        let Some(mut rest) = text.strip_prefix(VERSION).map(str::as_bytes) else {
            return Err(ScheduleError::Version);
        };
        let mut schedule = Schedule::new();
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            let (decision, times) = read_token(&mut rest).ok_or(ScheduleError::Token { at })?;
            schedule.push_run(decision, times);
        }
        Ok(schedule)
    }
}

impl Serialize for Schedule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Schedule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Schedule, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// The text is not a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleError {
    /// It does not begin with a version this program knows.
    Version,
    /// It cannot be read from a place on.
    Token {
        /// Byte offset of the place.
        at: usize,
    },
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ScheduleError::Version => f.write_str("not a schedule: it should begin with \"1.\""),
            ScheduleError::Token { at } => {
                write!(
                    f,
                    "the schedule cannot be read from character {} on",
                    at + 1
                )
            }
        }
    }
}

impl std::error::Error for ScheduleError {}

/// The decisions of a [`Schedule`], one by one.
#[derive(Clone, Debug)]
pub struct Decisions<'a> {
    tokens: &'a [u8],
    last: Option<(Decision, u64)>,
    /// The run being read, with how often it is still to come.
    current: Option<(Decision, u64)>,
}

impl Decisions<'_> {
    fn next_run(&mut self) -> Option<(Decision, u64)> {
        if let Some(run) = self.current.take() {
            return Some(run);
        }
        // The tokens of a schedule are written by `write_token`, so reading stops at their end only.
        read_token(&mut self.tokens).or_else(|| self.last.take())
    }

    /// Whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.current.is_none() && self.tokens.is_empty() && self.last.is_none()
    }
}

impl Iterator for Decisions<'_> {
    type Item = Decision;

    fn next(&mut self) -> Option<Decision> {
        let (decision, times) = self.next_run()?;
        if times > 1 {
            self.current = Some((decision, times - 1));
        }
        Some(decision)
    }
}

/// The letters of the kinds other than goroutines.
const KINDS: [(u8, ChoiceKind); 6] = [
    (b'S', ChoiceKind::SelectCase),
    (b'V', ChoiceKind::Random),
    (b'W', ChoiceKind::MapOrder),
    (b'X', ChoiceKind::PoolHit),
    (b'Y', ChoiceKind::TryLock),
    (b'Z', ChoiceKind::Other),
];

/// The letter's number of the first pick among `count` options: 0 for 2, 2 for 3, 5 for 4, ...
fn first_letter(count: u64) -> u64 {
    count * (count - 1) / 2 - 1
}

fn write_token(text: &mut String, decision: Decision, times: u64) {
    if let Some((letter, _)) = KINDS.iter().find(|(_, kind)| *kind == decision.kind) {
        text.push(char::from(*letter));
    }
    if decision.count <= MOST_BY_LETTER {
        let number = (first_letter(decision.count) + decision.pick) as u8;
        text.push(char::from(if number < 26 {
            b'a' + number
        } else {
            b'A' + number - 26
        }));
    } else {
        // Writing to a string cannot fail.
        let _ = write!(text, "_{}.{}_", decision.count, decision.pick);
    }
    if times > 1 {
        let _ = write!(text, "{times}");
    }
}

/// Reads one token; `None` at the end and where there is none.
fn read_token(rest: &mut &[u8]) -> Option<(Decision, u64)> {
    let mut kind = ChoiceKind::Goroutine;
    if let Some((_, other)) = KINDS
        .iter()
        .find(|(letter, _)| Some(letter) == rest.first())
    {
        kind = *other;
        *rest = &rest[1..];
    }
    let (&first, behind) = rest.split_first()?;
    *rest = behind;
    let number = match first {
        b'a'..=b'z' => u64::from(first - b'a'),
        b'A'..=b'R' => u64::from(first - b'A') + 26,
        b'_' => {
            let count = read_number(rest)?;
            *rest = rest.strip_prefix(b".")?;
            let pick = read_number(rest)?;
            *rest = rest.strip_prefix(b"_")?;
            let well_formed = count > MOST_BY_LETTER && pick < count;
            return well_formed.then_some((Decision { kind, count, pick }, read_times(rest)?));
        }
        _ => return None,
    };
    let count = (2..=MOST_BY_LETTER)
        .rev()
        .find(|&count| first_letter(count) <= number)?;
    let pick = number - first_letter(count);
    Some((Decision { kind, count, pick }, read_times(rest)?))
}

fn read_times(rest: &mut &[u8]) -> Option<u64> {
    match rest.first() {
        Some(b'0'..=b'9') => read_number(rest).filter(|&times| times > 0),
        _ => Some(1),
    }
}

/// Reads a decimal number; `None` when there is none or it is too large.
fn read_number(rest: &mut &[u8]) -> Option<u64> {
    let mut number: Option<u64> = None;
    while let Some(&digit @ b'0'..=b'9') = rest.first() {
        number = Some(
            number
                .unwrap_or(0)
                .checked_mul(10)?
                .checked_add(u64::from(digit - b'0'))?,
        );
        *rest = &rest[1..];
    }
    number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decision(kind: ChoiceKind, count: u64, pick: u64) -> Decision {
        Decision { kind, count, pick }
    }

    #[test]
    fn text_of_a_mixed_schedule() {
        let mut schedule = Schedule::new();
        schedule.push(decision(ChoiceKind::Goroutine, 2, 0));
        schedule.push(decision(ChoiceKind::Goroutine, 9, 8));
        for _ in 0..12 {
            schedule.push(decision(ChoiceKind::Goroutine, 2, 1));
        }
        schedule.push(decision(ChoiceKind::SelectCase, 3, 0));
        schedule.push(decision(ChoiceKind::Random, 100, 41));
        assert_eq!(schedule.to_string(), "1.aRb12ScV_100.41_");
        assert_eq!(schedule.len(), 16);
        assert_eq!(schedule.prefix(5).to_string(), "1.aRb3");
        assert_eq!(schedule.prefix(0), Schedule::new());
        assert_eq!(schedule.prefix(99), schedule);
    }

    #[test]
    fn a_long_run_stays_short() {
        let mut schedule = Schedule::new();
        for _ in 0..1_000_000 {
            schedule.push(decision(ChoiceKind::Goroutine, 5, 0));
        }
        assert_eq!(schedule.to_string(), "1.j1000000");
    }

    #[test]
    fn says_where_a_text_is_wrong() {
        let wrong = |text: &str| text.parse::<Schedule>().unwrap_err();
        assert_eq!(wrong(""), ScheduleError::Version);
        assert_eq!(wrong("2.a"), ScheduleError::Version);
        assert_eq!(wrong("1.aa?"), ScheduleError::Token { at: 4 });
        assert_eq!(
            wrong("1.a_9.3_"),
            ScheduleError::Token { at: 3 },
            "nine have letters"
        );
        assert_eq!(wrong("1._12.12_"), ScheduleError::Token { at: 2 });
        assert_eq!(wrong("1._12.3"), ScheduleError::Token { at: 2 });
        assert_eq!(wrong("1.S"), ScheduleError::Token { at: 2 });
        assert_eq!(wrong("1.a0"), ScheduleError::Token { at: 2 });
        assert_eq!(
            wrong("1.a99999999999999999999"),
            ScheduleError::Token { at: 2 }
        );
        assert_eq!("1.".parse::<Schedule>(), Ok(Schedule::new()));
    }

    #[test]
    fn equal_runs_are_merged_when_read() {
        let schedule: Schedule = "1.aa3".parse().unwrap();
        assert_eq!(schedule.to_string(), "1.a4");
    }

    fn any_decision() -> impl Strategy<Value = Decision> {
        let kinds: Vec<ChoiceKind> = KINDS
            .iter()
            .map(|&(_, kind)| kind)
            .chain([ChoiceKind::Goroutine])
            .collect();
        let count = prop_oneof![4 => 2_u64..12, 1 => 2..=u64::MAX];
        (prop::sample::select(kinds), count, any::<u64>())
            .prop_map(|(kind, count, pick)| decision(kind, count, pick % count))
    }

    proptest! {
        #[test]
        fn text_round_trips(runs in prop::collection::vec((any_decision(), 1_usize..4), 0..40)) {
            let decisions: Vec<Decision> = runs
                .iter()
                .flat_map(|&(decision, times)| std::iter::repeat_n(decision, times))
                .collect();
            let schedule: Schedule = decisions.iter().copied().collect();
            prop_assert_eq!(schedule.decisions().collect::<Vec<_>>(), decisions.clone());
            let read: Schedule = schedule.to_string().parse().unwrap();
            prop_assert_eq!(&read, &schedule);
            let half = decisions.len() / 2;
            prop_assert_eq!(
                schedule.prefix(half as u64).decisions().collect::<Vec<_>>(),
                decisions[..half].to_vec()
            );
        }

        #[test]
        fn no_text_breaks_the_reader(text in "1\\.[a-zA-Z0-9_.]{0,30}") {
            if let Ok(schedule) = text.parse::<Schedule>() {
                prop_assert_eq!(schedule.to_string().parse::<Schedule>().unwrap(), schedule);
            }
        }
    }
}
