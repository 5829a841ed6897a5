//! One choice and its answer.

use crate::trace::{ChoiceKind, GoroutineId};

/// A question with at least two possible answers.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    /// What is chosen.
    pub kind: ChoiceKind,
    /// On whose behalf; [`GoroutineId::NONE`] for the next goroutine.
    pub goroutine: GoroutineId,
    /// How many options there are; they are numbered from 0.
    pub count: u64,
    /// The options when a goroutine is chosen, longest runnable first; else empty. Timers that are
    /// due stand among them ([`GoroutineId::is_timer`]).
    pub runnable: &'a [GoroutineId],
    /// The step that this choice begins or belongs to, from 0.
    pub step: u64,
}

impl Choice<'_> {
    /// The decision that an answer makes.
    pub fn decide(&self, pick: u64) -> Decision {
        Decision {
            kind: self.kind,
            count: self.count,
            pick,
        }
    }

    /// Whether a person would want to make this choice: who goes next, which case.
    /// Random numbers and the like are drawn.
    pub fn is_for_a_person(&self) -> bool {
        matches!(
            self.kind,
            ChoiceKind::Goroutine | ChoiceKind::SelectCase | ChoiceKind::TryLock
        )
    }
}

/// The answer to a [`Choice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The option of this number, which is below the choice's count.
    Option(u64),
    /// Not now: the runtime stops before the choice and asks again when it is run again.
    Pause,
}

/// Makes decisions. It is not the executor.
pub trait Scheduler {
    /// Answers a choice. It is asked once for each choice, and again after each [`Pick::Pause`].
    fn choose(&mut self, choice: &Choice<'_>) -> Pick;
}

impl<S: Scheduler + ?Sized> Scheduler for &mut S {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        (**self).choose(choice)
    }
}

impl<S: Scheduler + ?Sized> Scheduler for Box<S> {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        (**self).choose(choice)
    }
}

/// One recorded answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decision {
    /// What was chosen.
    pub kind: ChoiceKind,
    /// Among how many; at least 2.
    pub count: u64,
    /// Which; below the count.
    pub pick: u64,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A choice among the goroutines 1 to 8, for tests of the policies.
    pub fn goroutines(count: u64) -> Choice<'static> {
        const IDS: [GoroutineId; 8] = [
            GoroutineId(1),
            GoroutineId(2),
            GoroutineId(3),
            GoroutineId(4),
            GoroutineId(5),
            GoroutineId(6),
            GoroutineId(7),
            GoroutineId(8),
        ];
        Choice {
            kind: ChoiceKind::Goroutine,
            goroutine: GoroutineId::NONE,
            count,
            runnable: &IDS[..count as usize],
            step: 0,
        }
    }

    /// A choice without goroutines.
    pub fn of(kind: ChoiceKind, count: u64) -> Choice<'static> {
        Choice {
            kind,
            goroutine: GoroutineId(1),
            count,
            runnable: &[],
            step: 0,
        }
    }
}
