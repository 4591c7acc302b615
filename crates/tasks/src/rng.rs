//! A small seeded generator of random numbers, passed in by the caller.
//!
//! PCG-XSH-RR 64/32 (O'Neill 2014, "PCG: A family of simple fast space-efficient statistically good algorithms for
//! random number generation", <https://www.pcg-random.org>): a 64-bit linear congruential state, 32 bits out. The same
//! seed gives the same numbers on every platform.

const MULTIPLIER: u64 = 6364136223846793005;

/// The generator: 16 bytes of state and nothing else.
///
/// ```
/// let mut one = tasks::Rng::new(7);
/// let mut two = tasks::Rng::new(7);
/// assert_eq!(one.next_u32(), two.next_u32());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    state: u64,
    increment: u64,
}

impl Rng {
    /// The generator for a seed, on stream 0.
    pub fn new(seed: u64) -> Self {
        Self::with_stream(seed, 0)
    }

    /// The generator for a seed on one of 2⁶³ streams; streams of one seed do not overlap in practice.
    pub fn with_stream(seed: u64, stream: u64) -> Self {
        let mut rng = Self { state: 0, increment: (stream << 1) | 1 };
        rng.next_u32();
        rng.state = rng.state.wrapping_add(seed);
        rng.next_u32();
        rng
    }

    /// The state and the increment: all that a checkpoint has to keep.
    pub fn state(&self) -> [u64; 2] {
        [self.state, self.increment]
    }

    /// The generator that continues from [`state`](Self::state). An even increment is made odd, as the method needs.
    pub fn from_state([state, increment]: [u64; 2]) -> Self {
        Self { state, increment: increment | 1 }
    }

    /// 32 uniform bits.
    pub fn next_u32(&mut self) -> u32 {
        let old = self.state;
        self.state = old.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
        let xor_shifted = (((old >> 18) ^ old) >> 27) as u32;
        xor_shifted.rotate_right((old >> 59) as u32)
    }

    /// 64 uniform bits.
    pub fn next_u64(&mut self) -> u64 {
        (u64::from(self.next_u32()) << 32) | u64::from(self.next_u32())
    }

    /// A uniform number in `[0, 1)` with 53 random bits.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A uniform index in `0..n`, without bias (Lemire 2019, "Fast random integer generation in an interval").
    ///
    /// # Panics
    /// If `n` is zero or does not fit 32 bits.
    pub fn below(&mut self, n: usize) -> usize {
        let Ok(n) = u32::try_from(n) else { panic!("a range of choices fits 32 bits") };
        assert!(n > 0, "there is nothing to choose from");
        let threshold = n.wrapping_neg() % n;
        loop {
            let product = u64::from(self.next_u32()) * u64::from(n);
            if product as u32 >= threshold {
                return (product >> 32) as usize;
            }
        }
    }

    /// A uniform element of a slice.
    ///
    /// # Panics
    /// If the slice is empty.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// Moves a uniform sample of `n` elements, in uniform order, to the front (the first `n` steps of a Fisher-Yates
    /// shuffle).
    ///
    /// # Panics
    /// If `n` exceeds the slice.
    pub fn draw<T>(&mut self, items: &mut [T], n: usize) {
        for i in 0..n {
            let j = i + self.below(items.len() - i);
            items.swap(i, j);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_reference_implementation() {
        // The output of `pcg32-demo` for seed 42, stream 54, as printed in the PCG C library's documentation.
        let mut rng = Rng::with_stream(42, 54);
        let expected = [0xa15c02b7, 0x7b47f409, 0xba1d3330, 0x83d2f293, 0xbfa4784b, 0xcbed606e];
        assert_eq!(expected.map(|_| rng.next_u32()), expected);
    }

    #[test]
    fn a_saved_state_continues_the_sequence() {
        let mut rng = Rng::new(3);
        rng.next_u64();
        let mut resumed = Rng::from_state(rng.state());
        assert_eq!(rng.next_u64(), resumed.next_u64());
    }

    #[test]
    fn indices_are_uniform() {
        let mut rng = Rng::new(1);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[rng.below(7)] += 1;
        }
        // Each count has mean 10,000 and standard deviation 93: five of those.
        assert!(counts.iter().all(|&count| count.abs_diff(10_000) < 465), "{counts:?}");
    }

    #[test]
    fn a_draw_is_a_uniform_ordered_sample() {
        let mut rng = Rng::new(2);
        let mut counts = [[0_u32; 4]; 4];
        for _ in 0..12_000 {
            let mut items = [0, 1, 2, 3];
            rng.draw(&mut items, 2);
            counts[items[0]][items[1]] += 1;
        }
        for (i, row) in counts.iter().enumerate() {
            for (j, &count) in row.iter().enumerate() {
                // Mean 1,000, standard deviation 30.3.
                assert!(if i == j { count == 0 } else { count.abs_diff(1_000) < 152 }, "{counts:?}");
            }
        }
    }
}
