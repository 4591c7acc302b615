//! Gradients checked against differences of the function itself.

/// Asserts that `gradient` is that of `function` at `point`, by central differences over `2 * step` in every
/// coordinate: no coordinate is off by more than `tolerance` times the largest.
///
/// A central difference errs by about f''' · step² / 6 from curvature and by 2⁻²⁴ · |f| / step from rounding. With
/// functions of order one, steps of 1e-2 and sums in f64, both stay below 1e-3 of a gradient of order one.
pub fn assert_gradient(
    what: &str,
    point: &[f32],
    gradient: &[f32],
    step: f32,
    tolerance: f64,
    mut function: impl FnMut(&[f32]) -> f64,
) {
    assert_eq!(point.len(), gradient.len());
    let mut moved = point.to_vec();
    let mut difference_at = |index: usize| {
        moved[index] = point[index] + step;
        let (above, upper) = (function(&moved), moved[index]);
        moved[index] = point[index] - step;
        let (below, lower) = (function(&moved), moved[index]);
        moved[index] = point[index];
        (above - below) / (f64::from(upper) - f64::from(lower))
    };
    let differences: Vec<f64> = (0..point.len()).map(&mut difference_at).collect();
    let largest = differences.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    assert!(largest > 0.0, "{what}: the function does not depend on this input");
    for (index, (&difference, &gradient)) in differences.iter().zip(gradient).enumerate() {
        let error = (difference - f64::from(gradient)).abs() / largest;
        assert!(
            error < tolerance,
            "{what}[{index}]: gradient {gradient}, difference {difference}, off by {error:.1e}"
        );
    }
}

/// Values between -1 and 1 without a pattern, different for each `salt`.
pub fn scattered(n: usize, salt: u64) -> Vec<f32> {
    let mut generator = crate::Generator::from_seed(salt);
    (0..n).map(|_| (2.0 * generator.uniform() - 1.0) as f32).collect()
}

/// Σ values · weights in f64: a scalar function whose gradient with respect to `values` is `weights`.
pub fn weighted_sum(values: &[f32], weights: &[f32]) -> f64 {
    values.iter().zip(weights).map(|(value, weight)| f64::from(*value) * f64::from(*weight)).sum()
}
