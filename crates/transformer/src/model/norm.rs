//! A normalization and what its backward pass needs.

use crate::ops::rms_norm;

/// The output of a norm and the factors that it divided by.
#[derive(Clone, Debug, Default)]
pub struct Norm {
    /// `[batch, time, d_model]`
    pub out: Vec<f32>,
    /// `[batch, time]`
    inv_rms: Vec<f32>,
}

impl Norm {
    /// Makes room for `rows` rows of width `d_model`.
    pub fn resize(&mut self, rows: usize, d_model: usize) {
        self.out.resize(rows * d_model, 0.0);
        self.inv_rms.resize(rows, 0.0);
    }

    /// Normalizes `input` `[batch, time, d_model]` into `out`.
    pub fn forward(&mut self, input: &[f32], gain: &[f32]) {
        rms_norm::forward(&mut self.out, &mut self.inv_rms, input, gain);
    }

    /// Adds to `grad_input` and `grad_gain` from `grad_out`.
    pub fn backward(
        &self,
        grad_input: &mut [f32],
        grad_gain: &mut [f32],
        grad_out: &[f32],
        input: &[f32],
        gain: &[f32],
    ) {
        rms_norm::backward(grad_input, grad_gain, grad_out, &self.inv_rms, input, gain);
    }
}
