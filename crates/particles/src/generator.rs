//! The seeded generator: xoshiro256++ (Blackman and Vigna 2021, ACM Trans. Math. Softw. 47, 36), started by
//! SplitMix64 as its authors advise.

/// A reproducible stream of random numbers: the same seed gives the same numbers on every platform, as far as
/// the platform's `ln` and `sqrt` agree for the normal and gamma ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    state: [u64; 4],
}

impl Generator {
    /// The stream for `seed`.
    pub fn new(seed: u64) -> Self {
        let mut counter = seed;
        let state = std::array::from_fn(|_| {
            counter = counter.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (counter ^ (counter >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        });
        Self { state }
    }

    fn next_u64(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let output = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        output
    }

    /// A number uniform in [0, 1), from the top 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (-53f64).exp2()
    }

    /// A number from the normal distribution of mean 0 and variance 1 (Marsaglia's polar method, which needs
    /// no sine; the second number of each pair is dropped so that the state is the four words alone).
    pub fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = x * x + y * y;
            if s < 1.0 && s > 0.0 {
                return x * (-2.0 * s.ln() / s).sqrt();
            }
        }
    }

    /// A number from the gamma distribution of the given `shape >= 1` and scale 1
    /// (Marsaglia and Tsang 2000, ACM Trans. Math. Softw. 26, 363).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        debug_assert!(shape >= 1.0);
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and variance of 200,000 draws: their standard errors are below 0.003 and 0.01 standard deviations
    /// and variances of the distributions used here, so the bounds below are at least four of them.
    fn moments(mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let n = 200_000;
        let draws: Vec<f64> = (0..n).map(|_| draw()).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        (mean, draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n))
    }

    #[test]
    fn first_words_are_those_of_the_authors_code() {
        // xoshiro256++ from the state 1, 2, 3, 4: the reference C code prints 41943041, 58720359, 3588806011781223.
        let mut generator = Generator { state: [1, 2, 3, 4] };
        assert_eq!(
            std::array::from_fn(|_| generator.next_u64()),
            [41_943_041, 58_720_359, 3_588_806_011_781_223]
        );
    }

    #[test]
    fn same_seed_same_numbers_and_other_seed_others() {
        let draw = |seed| Generator::new(seed).normal();
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn uniform_and_normal_have_their_moments() {
        let mut generator = Generator::new(1);
        let (mean, variance) = moments(|| generator.uniform());
        assert!((mean - 0.5).abs() < 0.004 && (variance - 1.0 / 12.0).abs() < 0.001);
        let (mean, variance) = moments(|| generator.normal());
        assert!(mean.abs() < 0.012 && (variance - 1.0).abs() < 0.02);
    }

    #[test]
    fn gamma_has_its_shape_as_mean_and_variance() {
        let mut generator = Generator::new(2);
        for shape in [1.0, 14.5, 1022.5] {
            let (mean, variance) = moments(|| generator.gamma(shape));
            assert!((mean - shape).abs() < 0.012 * f64::sqrt(shape), "mean {mean} for shape {shape}");
            assert!((variance / shape - 1.0).abs() < 0.03, "variance {variance} for shape {shape}");
        }
    }
}
