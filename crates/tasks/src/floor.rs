//! The least loss that any model can reach.

/// The entropy of a kind of row under its training distribution, given the marker: the expected loss of a reader who
/// knows the generator perfectly. No model can be below it except by chance on a finite sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floor {
    /// Entropy of all tokens after the marker, in nats per row.
    pub nats_per_row: f64,
    /// Mean number of tokens after the marker.
    pub targets_per_row: f64,
}

impl Floor {
    /// The floor of the mean loss over tokens, in nats per token.
    pub fn nats_per_token(&self) -> f64 {
        self.nats_per_row / self.targets_per_row
    }
}

/// ln(n! / (n − k)!): the logarithm of the number of ordered samples of `k` out of `n`.
pub(crate) fn ln_arrangements(n: usize, k: usize) -> f64 {
    (n - k + 1..=n).map(|i| (i as f64).ln()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrangements_of_small_sets_are_counted() {
        assert!((ln_arrangements(5, 2) - 20_f64.ln()).abs() < 1e-12);
        assert_eq!(ln_arrangements(5, 0), 0.0);
    }
}
