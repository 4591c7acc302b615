//! The seeded generator of random numbers that initialization and sampling draw from.
//!
//! xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), its state filled from
//! the seed by SplitMix64 as its authors advise. Not for secrets.

use crate::turn;

/// A generator of random numbers: the same seed gives the same numbers on every platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    state: [u64; 4],
}

impl Generator {
    /// The generator of this seed.
    pub fn from_seed(seed: u64) -> Self {
        let mut counter = seed;
        let state = std::array::from_fn(|_| {
            counter = counter.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (counter ^ (counter >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        });
        Self { state }
    }

    /// The generator that continues from a state saved by [`state`](Self::state); `None` for the all-zero state, from
    /// which xoshiro never leaves.
    pub fn from_state(state: [u64; 4]) -> Option<Self> {
        (state != [0; 4]).then_some(Self { state })
    }

    /// All that is needed to continue.
    pub const fn state(&self) -> [u64; 4] {
        self.state
    }

    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let [s0, s1, s2, s3] = &mut self.state;
        let result = s0.wrapping_add(*s3).rotate_left(23).wrapping_add(*s0);
        let shifted = *s1 << 17;
        *s2 ^= *s0;
        *s3 ^= *s1;
        *s1 ^= *s2;
        *s0 ^= *s3;
        *s2 ^= shifted;
        *s3 = s3.rotate_left(45);
        result
    }

    /// A number from the uniform distribution on [0, 1), with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// An integer from the uniform distribution on 0..`bound`, without bias.
    ///
    /// # Panics
    /// If `bound` is zero.
    pub fn below(&mut self, bound: u64) -> u64 {
        assert!(bound > 0, "there is no number below zero");
        // Lemire, "Fast random integer generation in an interval" (2019): the low half of the product decides whether
        // the draw fell in the part of the range that would make some results more likely.
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.bits()) * u128::from(bound);
            if product as u64 >= threshold {
                return (product >> 64) as u64;
            }
        }
    }

    /// A number from the normal distribution with mean 0 and variance 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        let (cos, _) = turn::cos_sin(self.uniform());
        radius * cos
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_numbers_equal_a_computation_by_hand() {
        // From state 1, 2, 3, 4: rotl(1 + 4, 23) + 1, then the state moves to 7, 0, 262146, 211106232532992.
        let mut generator = Generator::from_state([1, 2, 3, 4]).unwrap();
        assert_eq!(generator.bits(), (5 << 23) + 1);
        assert_eq!(generator.state(), [7, 0, 262_146, 211_106_232_532_992]);
    }

    #[test]
    fn a_saved_state_continues_the_same_sequence() {
        let mut generator = Generator::from_seed(7);
        generator.bits();
        let mut restored = Generator::from_state(generator.state()).unwrap();
        assert_eq!(generator.bits(), restored.bits());
        assert_eq!(Generator::from_state([0; 4]), None);
    }

    #[test]
    fn moments_are_those_of_the_distributions() {
        const N: usize = 20_000;
        let mut generator = Generator::from_seed(1);
        // Four standard errors of each mean; a correct generator fails one such bound in 16,000 seeds.
        let tolerance = |standard_deviation: f64| 4.0 * standard_deviation / (N as f64).sqrt();
        let uniform: f64 = (0..N).map(|_| generator.uniform()).sum::<f64>() / N as f64;
        assert!((uniform - 0.5).abs() < tolerance(1.0 / 12_f64.sqrt()));
        let normals: Vec<f64> = (0..N).map(|_| generator.normal()).collect();
        let mean = normals.iter().sum::<f64>() / N as f64;
        let variance = normals.iter().map(|x| x * x).sum::<f64>() / N as f64;
        assert!(mean.abs() < tolerance(1.0));
        assert!((variance - 1.0).abs() < tolerance(2_f64.sqrt()));
    }

    #[test]
    fn integers_below_a_bound_are_all_equally_likely() {
        let mut generator = Generator::from_seed(3);
        let mut counts = [0_u32; 6];
        for _ in 0..6000 {
            counts[generator.below(6) as usize] += 1;
        }
        // 1000 expected in each, standard deviation 29.
        assert!(counts.iter().all(|&count| (880..1120).contains(&count)), "{counts:?}");
    }
}
