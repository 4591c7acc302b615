//! Squared rectifier: y = max(0, x)².
//!
//! So et al., "Primer: searching for efficient transformers for language modeling" (2021), section 4.

use super::lanes::{self, Lanes};

/// Writes `out` from `input`, both of any shape.
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn forward(out: &mut [f32], input: &[f32]) {
    lanes::each(out, [input], |_, [input]| {
        let positive = positive(input);
        positive.times(positive)
    });
}

/// Replaces `grad` = ∂L/∂y by ∂L/∂x = 2 · max(0, x) · ∂L/∂y.
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn backward_in_place(grad: &mut [f32], input: &[f32]) {
    let two = Lanes::all(2.0);
    lanes::each(grad, [input], |grad, [input]| grad.times(two.times(positive(input))));
}

#[inline]
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
fn positive(input: Lanes) -> Lanes {
    Lanes::all(0.0).or_larger(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::finite_difference::{assert_gradient, scattered, weighted_sum};

    #[test]
    fn gradient_equals_differences() {
        let (input, weights) = (scattered(40, 1), scattered(40, 2));
        let mut gradient = weights.clone();
        backward_in_place(&mut gradient, &input);
        // Quadratic on each side of zero, where central differences are exact but for rounding; the step is so small
        // that no input crosses zero by enough to matter: at most step/2 against slopes of order two.
        assert_gradient("input", &input, &gradient, 1e-3, 1e-3, |input| {
            let mut out = [0.0; 40];
            forward(&mut out, input);
            weighted_sum(&out, &weights)
        });
    }

    #[test]
    fn negative_inputs_give_zero() {
        let mut out = [9.0; 3];
        forward(&mut out, &[-2.0, 0.0, 3.0]);
        assert_eq!(out, [0.0, 0.0, 9.0]);
    }
}
