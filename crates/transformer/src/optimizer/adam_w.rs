//! Adam with decoupled weight decay.
//!
//! Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), algorithm 2.

use crate::ops::lanes::{self, Lanes};

/// Settings of AdamW.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Step size η, about the largest change of a weight in one step; 1e-3 to 1e-2 for the essay's models.
    pub learning_rate: f32,
    /// Decay β₁ of the mean gradient, below 1.
    pub beta_1: f32,
    /// Decay β₂ of the mean squared gradient, below 1; short runs want less than the usual 0.999.
    pub beta_2: f32,
    /// ε, added to the root of the mean square.
    pub epsilon: f32,
    /// Decay λ: a step first takes η · λ of each weight away.
    pub weight_decay: f32,
}

/// The weights of one tensor, their gradient and moments, all of the same length.
#[derive(Debug)]
pub struct Tensor<'a> {
    /// Weights.
    pub values: &'a mut [f32],
    /// Gradient of the loss.
    pub gradient: &'a [f32],
    /// Mean gradient m.
    pub first: &'a mut [f32],
    /// Mean squared gradient v.
    pub second: &'a mut [f32],
}

/// Makes step number `step`, counted from 1, with `rate` times the learning rate and `gradient_scale` times the
/// gradient.
///
/// m ← β₁ m + (1-β₁) g, v ← β₂ v + (1-β₂) g², θ ← (1-ηλ) θ - η · m/(1-β₁ᵗ) / (√(v/(1-β₂ᵗ)) + ε).
#[cfg_attr(simd128, target_feature(enable = "simd128"))]
pub fn step(tensor: Tensor, settings: &Settings, step: u64, rate: f32, gradient_scale: f32) {
    let Settings { learning_rate, beta_1, beta_2, epsilon, weight_decay } = *settings;
    let learning_rate = rate * learning_rate;
    let steps = i32::try_from(step).unwrap_or(i32::MAX);
    let correction = |beta: f32| (1.0 / (1.0 - f64::from(beta).powi(steps))) as f32;
    let (first_correction, second_correction) = (correction(beta_1), correction(beta_2));
    let keep = 1.0 - learning_rate * weight_decay;
    let Tensor { values, gradient, first, second } = tensor;
    let all = Lanes::all;
    lanes::each(first, [gradient], |first, [gradient]| {
        let gradient = all(gradient_scale).times(gradient);
        all(beta_1).times(first).plus(all(1.0 - beta_1).times(gradient))
    });
    lanes::each(second, [gradient], |second, [gradient]| {
        let gradient = all(gradient_scale).times(gradient);
        all(beta_2).times(second).plus(all(1.0 - beta_2).times(gradient).times(gradient))
    });
    lanes::each(values, [first, second], |value, [first, second]| {
        let root = second.times(all(second_correction)).sqrt().plus(all(epsilon));
        let change = all(learning_rate).times(first.times(all(first_correction))).over(root);
        all(keep).times(value).minus(change)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTINGS: Settings =
        Settings { learning_rate: 0.1, beta_1: 0.9, beta_2: 0.99, epsilon: 1e-8, weight_decay: 0.5 };

    #[test]
    fn first_step_moves_by_the_learning_rate_against_the_sign_after_decay() {
        let (mut values, mut first, mut second) = ([1.0, 1.0, 1.0], [0.0; 3], [0.0; 3]);
        let tensor = Tensor {
            values: &mut values,
            gradient: &[3.0, -0.001, 0.0],
            first: &mut first,
            second: &mut second,
        };
        step(tensor, &SETTINGS, 1, 0.5, 1.0);
        // η = 0.05; decay takes 0.025.
        let expected = [0.975 - 0.05, 0.975 + 0.05, 0.975];
        // ε against a root of 0.001 is one part in 100,000.
        assert!(values.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{values:?}");
    }

    #[test]
    fn a_quadratic_is_minimized() {
        let (mut values, mut first, mut second) = ([3.0, -2.0], [0.0; 2], [0.0; 2]);
        let settings = Settings { weight_decay: 0.0, ..SETTINGS };
        for index in 1..=400 {
            let gradient = [2.0 * (values[0] - 1.0), 20.0 * (values[1] - 0.5)];
            let tensor =
                Tensor { values: &mut values, gradient: &gradient, first: &mut first, second: &mut second };
            step(tensor, &settings, index, 1.0 - index as f32 / 401.0, 1.0);
        }
        assert!((values[0] - 1.0).abs() < 1e-2 && (values[1] - 0.5).abs() < 1e-2, "{values:?}");
    }
}
