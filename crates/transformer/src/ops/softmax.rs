//! Softmax of one row.

use super::exp::exp;
use super::lanes::{self, Lanes};
use super::reduce;

/// Replaces x by e^(scale · x - max) / Σ and returns ln Σ e^(scale · x), for a `scale` above zero.
///
/// The maximum is subtracted first: e^x overflows f32 above 88.
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn in_place(row: &mut [f32], scale: f32) -> f32 {
    let max = scale * reduce::max(row);
    let (scales, maxima) = (Lanes::all(scale), Lanes::all(max));
    lanes::each(row, [], |value, []| exp(scales.times(value).minus(maxima)));
    let sum = reduce::sum(row);
    let factor = Lanes::all(1.0 / sum);
    lanes::each(row, [], |value, []| value.times(factor));
    max + sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_to_one_and_does_not_see_a_common_shift() {
        let mut row = [1.0, -2.0, 0.5, 3.0, 0.0, -1.0, 2.0, 2.5, 1.5];
        let mut shifted = row.map(|value| value + 100.0);
        let log_sum = in_place(&mut row, 1.0);
        let shifted_log_sum = in_place(&mut shifted, 1.0);
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        // 100 + x carries x to 2⁻¹⁷, which is the relative error of the exponential.
        assert!(row.iter().zip(shifted).all(|(a, b)| (a - b).abs() < 1e-5));
        assert!((shifted_log_sum - log_sum - 100.0).abs() < 1e-4);
    }

    #[test]
    fn two_values_give_the_logistic_function() {
        let mut row = [0.0, 3.0];
        in_place(&mut row, 0.5);
        assert!((row[1] - 1.0 / (1.0 + (-1.5_f32).exp())).abs() < 1e-6);
    }
}
