//! Root-mean-square normalization: y = gain ∘ x / √(mean(x²) + ε).
//!
//! Zhang and Sennrich, "Root mean square layer normalization" (2019), equation 4.

use super::lanes::{self, Lanes};
use super::reduce;

/// Keeps the quotient finite for a row of zeros; the value of the recipe.
const EPSILON: f32 = 1e-5;

/// Writes `out` `[rows, d]` and the factors 1/√(mean(x²) + ε) `inv_rms` `[rows]` of `input` `[rows, d]`, with `gain`
/// `[d]`.
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn forward(out: &mut [f32], inv_rms: &mut [f32], input: &[f32], gain: &[f32]) {
    let d = gain.len();
    for ((out, inv_rms), input) in out.chunks_exact_mut(d).zip(inv_rms).zip(input.chunks_exact(d)) {
        *inv_rms = 1.0 / (reduce::dot(input, input) / d as f32 + EPSILON).sqrt();
        let factor = Lanes::all(*inv_rms);
        lanes::each(out, [input, gain], |_, [input, gain]| factor.times(input).times(gain));
    }
}

/// Adds to `grad_input` `[rows, d]` and `grad_gain` `[d]` from `grad_out` `[rows, d]`.
///
/// With r = inv_rms and g = gain ∘ ∂L/∂y: ∂L/∂x = r · g - x · r³ · mean(g ∘ x).
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn backward(
    grad_input: &mut [f32],
    grad_gain: &mut [f32],
    grad_out: &[f32],
    inv_rms: &[f32],
    input: &[f32],
    gain: &[f32],
) {
    let d = gain.len();
    let rows = grad_input.chunks_exact_mut(d).zip(grad_out.chunks_exact(d)).zip(input.chunks_exact(d));
    for (((grad_input, grad_out), input), &inv_rms) in rows.zip(inv_rms) {
        let factor = Lanes::all(inv_rms);
        lanes::each(grad_gain, [grad_out, input], |grad, [grad_out, input]| {
            grad.plus(grad_out.times(input).times(factor))
        });
        let along = inv_rms.powi(3) * reduce::weighted_dot(grad_out, input, gain) / d as f32;
        let along = Lanes::all(along);
        lanes::each(grad_input, [grad_out, input, gain], |grad, [grad_out, input, gain]| {
            grad.plus(factor.times(gain).times(grad_out).minus(along.times(input)))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::finite_difference::{assert_gradient, scattered, weighted_sum};

    const ROWS: usize = 3;
    const D: usize = 10;

    fn value(input: &[f32], gain: &[f32], weights: &[f32]) -> f64 {
        let (mut out, mut inv_rms) = ([0.0; ROWS * D], [0.0; ROWS]);
        forward(&mut out, &mut inv_rms, input, gain);
        weighted_sum(&out, weights)
    }

    #[test]
    fn output_has_unit_mean_square() {
        let (mut out, mut inv_rms) = ([0.0; ROWS * D], [0.0; ROWS]);
        forward(&mut out, &mut inv_rms, &scattered(ROWS * D, 1), &[1.0; D]);
        for row in out.chunks(D) {
            // ε against a mean square of about 1/3.
            assert!((reduce::dot(row, row) / D as f32 - 1.0).abs() < 1e-4);
        }
    }

    #[test]
    fn gradients_equal_differences() {
        let (input, gain, weights) = (scattered(ROWS * D, 1), scattered(D, 2), scattered(ROWS * D, 3));
        let (mut out, mut inv_rms) = ([0.0; ROWS * D], [0.0; ROWS]);
        forward(&mut out, &mut inv_rms, &input, &gain);
        let (mut grad_input, mut grad_gain) = ([0.0; ROWS * D], [0.0; D]);
        backward(&mut grad_input, &mut grad_gain, &weights, &inv_rms, &input, &gain);
        assert_gradient("input", &input, &grad_input, 1e-2, 1e-3, |input| value(input, &gain, &weights));
        assert_gradient("gain", &gain, &grad_gain, 1e-2, 1e-4, |gain| value(&input, gain, &weights));
    }
}
