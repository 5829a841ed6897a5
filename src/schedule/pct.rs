//! Probabilistic concurrency testing.

use std::collections::BTreeMap;

use super::{Choice, ChoiceKind, Generator, Pick, Random, Scheduler};
use crate::trace::GoroutineId;

/// Priorities drawn at random, with a few points at which the one in front falls behind all others
/// (Burckhardt and others 2010): finds a fault that needs `depth` ordering constraints among `n`
/// goroutines and `steps` choices with a probability of at least `1 / (n * steps^(depth-1))`.
#[derive(Clone, Debug)]
pub struct Pct {
    generator: Generator,
    others: Random,
    /// Higher goes first. Drawn above `depth`, lowered to below it.
    priorities: BTreeMap<GoroutineId, u64>,
    /// Choices at which the goroutine in front falls back, with the priority it falls to.
    falls: Vec<(u64, u64)>,
    /// Choices of goroutines made.
    made: u64,
    depth: u64,
}

impl Pct {
    /// The policy of a seed, for a fault of this depth in runs of about so many choices.
    pub fn new(seed: u64, depth: u32, steps: u64) -> Pct {
        let mut generator = Generator::new(seed);
        let depth = u64::from(depth.max(1));
        let falls = (1..depth)
            .map(|priority| (generator.below(steps.max(1)), priority))
            .collect();
        let others = Random::new(generator.draw());
        Pct {
            generator,
            others,
            priorities: BTreeMap::new(),
            falls,
            made: 0,
            depth,
        }
    }

    /// The option of highest priority; goroutines seen for the first time draw theirs.
    fn front(&mut self, choice: &Choice<'_>) -> usize {
        let mut best = (0, 0);
        for (option, goroutine) in choice.runnable.iter().enumerate() {
            let (generator, depth) = (&mut self.generator, self.depth);
            // 63 bits make equal priorities as good as impossible.
            let draw = || depth + (generator.draw() >> 1);
            let priority = *self.priorities.entry(*goroutine).or_insert_with(draw);
            if option == 0 || priority > best.1 {
                best = (option, priority);
            }
        }
        best.0
    }
}

impl Scheduler for Pct {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        if choice.kind != ChoiceKind::Goroutine || choice.runnable.is_empty() {
            return self.others.choose(choice);
        }
        for i in 0..self.falls.len() {
            if self.falls[i].0 == self.made {
                let front = self.front(choice);
                self.priorities
                    .insert(choice.runnable[front], self.falls[i].1);
            }
        }
        self.made += 1;
        Pick::Option(self.front(choice) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::super::choice::tests::goroutines;
    use super::*;

    #[test]
    fn depth_one_keeps_to_one_goroutine() {
        for seed in 0..20 {
            let mut pct = Pct::new(seed, 1, 100);
            let first = pct.choose(&goroutines(4));
            assert!((0..100).all(|_| pct.choose(&goroutines(4)) == first));
        }
    }

    #[test]
    fn depth_three_changes_at_most_twice_and_sometimes_does() {
        let mut changed = 0;
        for seed in 0..50 {
            let mut pct = Pct::new(seed, 3, 100);
            let picks: Vec<Pick> = (0..100).map(|_| pct.choose(&goroutines(4))).collect();
            let changes = picks.windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert!(changes <= 2);
            changed += usize::from(changes > 0);
        }
        assert!(changed > 40);
    }
}
