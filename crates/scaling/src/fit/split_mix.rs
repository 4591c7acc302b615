//! SplitMix64: a small seeded generator for resampling.
//!
//! Source: Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number Generators", Figure 17. Not for secrets;
//! ample for choosing observations.

/// The state of a SplitMix64 generator: any seed is a good one.
#[derive(Clone, Debug)]
pub(super) struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    pub(super) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number in `0.0..1.0`, in steps of 2^-53.
    pub(super) fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 * 2_f64.powi(-53)
    }

    /// An index in `0..len`; `len` must be positive and far below 2^53, so that no index is favored.
    pub(super) fn index(&mut self, len: usize) -> usize {
        debug_assert!(len > 0);
        (self.uniform() * len as f64) as usize
    }

    /// A normally distributed number with mean 0 and deviation 1, by Box and Muller 1958: the noise of the tests.
    #[cfg(test)]
    pub(super) fn normal(&mut self) -> f64 {
        // 1 - u lies in (0, 1], where the logarithm is finite.
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence_comes_out() {
        // First outputs for seed 1234567, from the reference C code of S. Vigna (splitmix64.c).
        let mut generator = SplitMix64::new(1234567);
        assert_eq!(
            [generator.next(), generator.next(), generator.next()],
            [6457827717110365317, 3203168211198807973, 9817491932198370423]
        );
    }

    #[test]
    fn indices_stay_in_range_and_reach_every_place() {
        let mut generator = SplitMix64::new(1);
        let mut hits = [0; 7];
        for _ in 0..7000 {
            hits[generator.index(7)] += 1;
        }
        // Each count is binomial with mean 1000 and deviation 29: five deviations.
        assert!(hits.iter().all(|&count: &i32| (count - 1000).abs() < 150), "{hits:?}");
    }

    #[test]
    fn normal_numbers_have_mean_zero_and_deviation_one() {
        let mut generator = SplitMix64::new(2);
        let n = 20_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..n {
            let z = generator.normal();
            sum += z;
            squares += z * z;
        }
        // Deviations of the means: 1 / sqrt(n) = 0.007 and sqrt(2 / n) = 0.01; four of each.
        assert!((sum / f64::from(n)).abs() < 0.03);
        assert!((squares / f64::from(n) - 1.0).abs() < 0.04);
    }
}
