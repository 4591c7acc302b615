//! Rotary position embedding: coordinates i and i + d_head/2 of every query and key head are rotated by the angle
//! position · base^(-2i/d_head), so that their products depend on distances only.
//!
//! Su et al., "RoFormer" (2021), equation 34, with the halves paired rather than neighbors.

use std::f64::consts::TAU;

use super::lanes::{self, Lanes, WIDTH};
use crate::{Config, Positions, turn};

/// Cosines and sines of every position.
#[derive(Clone, Debug)]
pub struct Rotations {
    half: usize,
    /// `[context_len, d_head / 2]`
    cosines: Vec<f32>,
    /// `[context_len, d_head / 2]`
    sines: Vec<f32>,
}

impl Rotations {
    /// The rotations of a model, if it has any.
    pub fn of(config: &Config) -> Option<Self> {
        match config.positions() {
            Positions::Rotary { base } => Some(Self::new(config.context_len(), config.d_head(), base)),
            Positions::Learned => None,
        }
    }

    /// The rotations of positions below `context_len` for heads of width `d_head`.
    pub fn new(context_len: usize, d_head: usize, base: f32) -> Self {
        let half = d_head / 2;
        let mut rotations = Self { half, cosines: Vec::new(), sines: Vec::new() };
        for at in 0..context_len * half {
            let (position, pair) = (at / half, at % half);
            let frequency = (-(pair as f64) / half as f64 * f64::from(base).ln()).exp();
            let (cos, sin) = turn::cos_sin(position as f64 * frequency / TAU);
            rotations.cosines.push(cos as f32);
            rotations.sines.push(sin as f32);
        }
        rotations
    }

    /// Rotates the heads of one position; `heads` is `[n, d_head]` for any n.
    #[cfg_attr(simd128, target_feature(enable = "simd128"))]
    pub fn forward(&self, heads: &mut [f32], position: usize) {
        self.turn(heads, position, 1.0);
    }

    /// Replaces ∂L/∂output by ∂L/∂input for the heads of one position: the rotation back, as the transpose of a
    /// rotation is its inverse.
    #[cfg_attr(simd128, target_feature(enable = "simd128"))]
    pub fn backward(&self, grad_heads: &mut [f32], position: usize) {
        self.turn(grad_heads, position, -1.0);
    }

    /// Rotates forwards for a direction of 1, back for -1.
    #[cfg_attr(simd128, target_feature(enable = "simd128"))]
    fn turn(&self, heads: &mut [f32], position: usize, direction: f32) {
        let (cosines, sines) = self.at(position);
        let direction = Lanes::all(direction);
        for head in heads.chunks_exact_mut(2 * self.half) {
            let (first, second) = head.split_at_mut(self.half);
            for start in (0..self.half).step_by(WIDTH) {
                let (x, y) = (lanes::from(first, start), lanes::from(second, start));
                let cos = lanes::from(cosines, start);
                let sin = direction.times(lanes::from(sines, start));
                lanes::put(first, start, x.times(cos).minus(y.times(sin)));
                lanes::put(second, start, x.times(sin).plus(y.times(cos)));
            }
        }
    }

    fn at(&self, position: usize) -> (&[f32], &[f32]) {
        let range = position * self.half..(position + 1) * self.half;
        (&self.cosines[range.clone()], &self.sines[range])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ops::finite_difference::{assert_gradient, scattered, weighted_sum};
    use crate::ops::reduce;

    #[test]
    fn products_depend_on_distance_only() {
        let rotations = Rotations::new(32, 8, 100.0);
        let (query, key) = (scattered(8, 1), scattered(8, 2));
        let product = |query_position, key_position| {
            let (mut query, mut key) = (query.clone(), key.clone());
            rotations.forward(&mut query, query_position);
            rotations.forward(&mut key, key_position);
            reduce::dot(&query, &key)
        };
        // Eight products of numbers below one.
        assert!((product(5, 2) - product(31, 28)).abs() < 1e-6);
        assert!((product(5, 2) - product(5, 3)).abs() > 1e-3);
    }

    #[test]
    fn position_zero_is_not_rotated_and_the_first_pair_turns_one_radian_a_step() {
        let rotations = Rotations::new(2, 4, 100.0);
        let mut head = [1.0, 1.0, 0.0, 0.0];
        rotations.forward(&mut head, 0);
        assert_eq!(head, [1.0, 1.0, 0.0, 0.0]);
        rotations.forward(&mut head, 1);
        let (slow_sin, slow_cos) = 0.1_f32.sin_cos();
        let expected = [1_f32.cos(), slow_cos, 1_f32.sin(), slow_sin];
        assert!(head.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{head:?}");
    }

    #[test]
    fn gradient_equals_differences() {
        let rotations = Rotations::new(8, 6, 100.0);
        let (heads, weights) = (scattered(12, 1), scattered(12, 2));
        let mut gradient = weights.clone();
        rotations.backward(&mut gradient, 7);
        // Linear: only rounding is left.
        assert_gradient("heads", &heads, &gradient, 0.1, 1e-5, |heads| {
            let mut heads = heads.to_vec();
            rotations.forward(&mut heads, 7);
            weighted_sum(&heads, &weights)
        });
    }
}
