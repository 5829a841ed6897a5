//! Seeded random decisions.

use super::{Choice, Pick, Scheduler};

/// A small generator of pseudo-random numbers (SplitMix64, Steele, Lea and Flood 2014): the same
/// numbers for the same seed everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    state: u64,
}

impl Generator {
    /// The generator of a seed.
    pub fn new(seed: u64) -> Generator {
        Generator { state: seed }
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `count`, which is not 0; biased by at most one part in 2^64 / count.
    pub fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.draw()) * u128::from(count)) >> 64) as u64
    }
}

/// Every option is as likely as every other.
#[derive(Clone, Debug)]
pub struct Random {
    generator: Generator,
}

impl Random {
    /// The policy of a seed.
    pub fn new(seed: u64) -> Random {
        Random {
            generator: Generator::new(seed),
        }
    }
}

impl Scheduler for Random {
    fn choose(&mut self, choice: &Choice<'_>) -> Pick {
        Pick::Option(self.generator.below(choice.count))
    }
}

#[cfg(test)]
mod tests {
    use super::super::choice::tests::goroutines;
    use super::*;

    fn picks(seed: u64) -> Vec<Pick> {
        let mut random = Random::new(seed);
        (0..64).map(|_| random.choose(&goroutines(5))).collect()
    }

    #[test]
    fn a_seed_fixes_the_picks() {
        assert_eq!(picks(1), picks(1));
        assert_ne!(picks(1), picks(2));
    }

    #[test]
    fn every_option_comes_about_as_often() {
        let mut generator = Generator::new(42);
        let mut counts = [0; 5];
        for _ in 0..10_000 {
            counts[generator.below(5) as usize] += 1;
        }
        assert!(
            counts.iter().all(|&n| (1_850..2_150).contains(&n)),
            "{counts:?}"
        );
    }

    #[test]
    fn the_numbers_are_the_published_ones() {
        // The first outputs of SplitMix64 for seed 0.
        let mut generator = Generator::new(0);
        assert_eq!(generator.draw(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(generator.draw(), 0x6e78_9e6a_a1b9_65f4);
    }
}
