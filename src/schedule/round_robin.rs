//! Everyone in turn.

use super::{Choice, ChoiceKind, Pick, Random, Scheduler};

/// The goroutine that has been runnable longest goes next. A pool gives back what it has and a
/// `TryLock` of a free lock succeeds; the rest is drawn at random, as Go's select draws among its
/// ready cases.
#[derive(Clone, Debug)]
pub struct RoundRobin {
    others: Random,
}

impl RoundRobin {
    /// The policy; the seed decides whatever is not about goroutines.
    pub fn new(seed: u64) -> RoundRobin {
        RoundRobin {
            others: Random::new(seed),
        }
    }
}

impl Scheduler for RoundRobin {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        match choice.kind {
            ChoiceKind::Goroutine | ChoiceKind::PoolHit | ChoiceKind::TryLock => Pick::Option(0),
            _ => self.others.choose(choice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::choice::tests::{goroutines, of};
    use super::*;

    #[test]
    fn takes_the_longest_runnable_and_draws_select_cases() {
        let mut policy = RoundRobin::new(7);
        assert_eq!(policy.choose(&goroutines(4)), Pick::Option(0));
        let drawn: Vec<Pick> = (0..50)
            .map(|_| policy.choose(&of(ChoiceKind::SelectCase, 2)))
            .collect();
        assert!(drawn.contains(&Pick::Option(0)) && drawn.contains(&Pick::Option(1)));
    }
}
