//! Multi-layer perceptron with its norm: residual += W_down · relu²(W_up · norm(residual)).

use super::norm::Norm;
use super::workspace::{Scratch, Shape, Tools};
use crate::ops::{linear, relu_squared};
use crate::{Parameters, Weight};

/// The activations of one MLP block.
#[derive(Clone, Debug, Default)]
pub struct MlpBlock {
    layer: usize,
    norm: Norm,
    /// `[batch, time, d_ff]`, before the rectifier.
    hidden: Vec<f32>,
    /// `[batch, time, d_ff]`, after it.
    rectified: Vec<f32>,
}

impl MlpBlock {
    /// The block of a layer, without room yet.
    pub fn new(layer: usize) -> Self {
        Self { layer, ..Self::default() }
    }

    /// Makes room for a batch.
    pub fn resize(&mut self, shape: Shape) {
        self.norm.resize(shape.rows(), shape.d_model);
        self.hidden.resize(shape.rows() * shape.d_ff, 0.0);
        self.rectified.resize(shape.rows() * shape.d_ff, 0.0);
    }

    /// Writes `output` from `input`, both `[batch, time, d_model]` of the residual stream.
    pub fn forward(
        &mut self,
        tools: &mut Tools,
        parameters: &Parameters,
        shape: Shape,
        residual: (&[f32], &mut [f32]),
    ) {
        let (input, output) = residual;
        let multiplier = &mut tools.multiplier;
        self.norm.forward(input, parameters.tensor(Weight::MlpNorm(self.layer)));
        let weight = parameters.tensor(Weight::MlpUp(self.layer));
        linear::forward(multiplier, up(shape), &mut self.hidden, &self.norm.out, weight);
        relu_squared::forward(&mut self.rectified, &self.hidden);
        output.copy_from_slice(input);
        let weight = parameters.tensor(Weight::MlpDown(self.layer));
        linear::forward_add(multiplier, down(shape), output, &self.rectified, weight);
    }

    /// Turns `scratch.grad_residual` from the gradient of the output into that of the input, and adds to `gradient`.
    pub fn backward(
        &self,
        tools: &mut Tools,
        gradient: &mut Parameters,
        parameters: &Parameters,
        shape: Shape,
        input: &[f32],
        scratch: &mut Scratch,
    ) {
        let multiplier = &mut tools.multiplier;
        let Scratch { grad_residual, grad_branch, grad_hidden, .. } = scratch;
        let weight = Weight::MlpDown(self.layer);
        let grad_weight = gradient.tensor_mut(weight);
        linear::backward_weight(multiplier, down(shape), grad_weight, grad_residual, &self.rectified);
        let weight = parameters.tensor(weight);
        linear::backward_input(multiplier, down(shape), grad_hidden, grad_residual, weight);

        relu_squared::backward_in_place(grad_hidden, &self.hidden);

        let weight = Weight::MlpUp(self.layer);
        let grad_weight = gradient.tensor_mut(weight);
        linear::backward_weight(multiplier, up(shape), grad_weight, grad_hidden, &self.norm.out);
        let weight = parameters.tensor(weight);
        linear::backward_input(multiplier, up(shape), grad_branch, grad_hidden, weight);
        let gain = Weight::MlpNorm(self.layer);
        let grad_gain = gradient.tensor_mut(gain);
        self.norm.backward(grad_residual, grad_gain, grad_branch, input, parameters.tensor(gain));
    }
}

fn up(shape: Shape) -> linear::Shape {
    linear::Shape { rows: shape.rows(), inputs: shape.d_model, outputs: shape.d_ff }
}

fn down(shape: Shape) -> linear::Shape {
    linear::Shape { rows: shape.rows(), inputs: shape.d_ff, outputs: shape.d_model }
}
