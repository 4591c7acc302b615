//! How sure a measured share is.

/// The 95 % interval of a share of which `n_right` of `n` trials were right; `[0, 1]` without trials.
///
/// Wilson (1927), "Probable inference, the law of succession, and statistical inference": unlike the normal
/// approximation it stays inside [0, 1] and keeps its coverage for shares near 0 and 1.
pub fn wilson(n_right: u32, n: u32) -> [f32; 2] {
    /// The normal distribution's 97.5 % quantile.
    const Z: f64 = 1.959_964;
    if n == 0 {
        return [0.0, 1.0];
    }
    let n = f64::from(n);
    let share = f64::from(n_right) / n;
    let center = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    [((center - half) / scale).max(0.0) as f32, ((center + half) / scale).min(1.0) as f32]
}

#[cfg(test)]
mod tests {
    use super::wilson;

    fn assert_near(interval: [f32; 2], expected: [f32; 2]) {
        assert!(interval.iter().zip(expected).all(|(a, b)| (a - b).abs() < 5e-5), "{interval:?}");
    }

    #[test]
    fn intervals_equal_a_computation_by_hand() {
        // z² = 3.84146. For 0 of 10 the upper end is z² / (n + z²) = 3.84146 / 13.84146, by symmetry for 10 of 10.
        assert_near(wilson(0, 10), [0.0, 0.27753]);
        assert_near(wilson(10, 10), [0.72247, 1.0]);
        // For one half the center stays and the half width is z / 2 / √(n + z²) = 0.979982 / √103.84146.
        assert_near(wilson(50, 100), [0.40383, 0.59617]);
        assert_eq!(wilson(0, 0), [0.0, 1.0]);
    }
}
