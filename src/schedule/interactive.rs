//! A person decides.

use super::{Choice, Pick, Random, Scheduler};

/// Pauses at every choice that a person would want to make, until it is answered; draws the rest
/// (random numbers, map orders, pools) from a seed.
#[derive(Clone, Debug)]
pub struct Interactive {
    answer: Option<u64>,
    others: Random,
}

impl Interactive {
    /// The policy; the seed decides what is not put to the person.
    pub fn new(seed: u64) -> Interactive {
        Interactive {
            answer: None,
            others: Random::new(seed),
        }
    }

    /// Answers the next choice. An answer that is not among its options counts as none.
    pub fn answer(&mut self, pick: u64) {
        self.answer = Some(pick);
    }
}

impl Scheduler for Interactive {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        if !choice.is_for_a_person() {
            return self.others.choose(choice);
        }
        match self.answer.take() {
            Some(pick) if pick < choice.count => Pick::Option(pick),
            _ => Pick::Pause,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::choice::tests::{goroutines, of};
    use super::*;
    use crate::trace::ChoiceKind;

    #[test]
    fn pauses_until_answered() {
        let mut person = Interactive::new(1);
        assert_eq!(person.choose(&goroutines(3)), Pick::Pause);
        person.answer(2);
        assert_eq!(person.choose(&goroutines(3)), Pick::Option(2));
        assert_eq!(
            person.choose(&goroutines(3)),
            Pick::Pause,
            "an answer counts once"
        );
        person.answer(3);
        assert_eq!(
            person.choose(&goroutines(3)),
            Pick::Pause,
            "there is no option 3"
        );
        assert!(matches!(
            person.choose(&of(ChoiceKind::Random, 6)),
            Pick::Option(0..6)
        ));
    }
}
