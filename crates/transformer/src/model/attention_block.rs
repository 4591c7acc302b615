//! Attention with its norm and projections: residual += W_o · attention(W_qkv · norm(residual)).

use super::norm::Norm;
use super::workspace::{Scratch, Shape, Tools};
use crate::ops::{attention, linear};
use crate::{HeadSet, Parameters, Weight};

/// The activations of one attention block.
#[derive(Clone, Debug, Default)]
pub struct AttentionBlock {
    layer: usize,
    norm: Norm,
    /// `[batch, time, 3, n_head, d_head]`: queries and keys after their rotation, if any, and values.
    qkv: Vec<f32>,
    /// `[batch, n_head, time, time]`
    pub probs: Vec<f32>,
    /// `[batch, time, n_head, d_head]`
    mixed: Vec<f32>,
}

impl AttentionBlock {
    /// The block of a layer, without room yet.
    pub fn new(layer: usize) -> Self {
        Self { layer, ..Self::default() }
    }

    /// Makes room for a batch.
    pub fn resize(&mut self, shape: Shape) {
        let Shape { batch, time, d_model, n_head, .. } = shape;
        self.norm.resize(shape.rows(), d_model);
        self.qkv.resize(shape.rows() * 3 * d_model, 0.0);
        self.probs.resize(batch * n_head * time * time, 0.0);
        self.mixed.resize(shape.rows() * d_model, 0.0);
    }

    /// Writes `output` from `input`, both `[batch, time, d_model]` of the residual stream. Heads in `ablated` add
    /// nothing.
    pub fn forward(
        &mut self,
        tools: &mut Tools,
        parameters: &Parameters,
        shape: Shape,
        residual: (&[f32], &mut [f32]),
        ablated: Option<&HeadSet>,
    ) {
        let (input, output) = residual;
        let multiplier = &mut tools.multiplier;
        self.norm.forward(input, parameters.tensor(Weight::AttentionNorm(self.layer)));
        let weight = parameters.query_key_value(self.layer);
        linear::forward(multiplier, to_qkv(shape), &mut self.qkv, &self.norm.out, weight);
        if let Some(rotations) = &tools.rotations {
            for (row, qkv) in self.qkv.chunks_exact_mut(3 * shape.d_model).enumerate() {
                rotations.forward(&mut qkv[..2 * shape.d_model], row % shape.time);
            }
        }
        attention::forward(multiplier, heads(shape), &mut self.probs, &mut self.mixed, &self.qkv);
        for head in ablated.into_iter().flat_map(|heads| heads.of_layer(self.layer)) {
            let columns = head * shape.d_head()..(head + 1) * shape.d_head();
            for row in self.mixed.chunks_exact_mut(shape.d_model) {
                row[columns.clone()].fill(0.0);
            }
        }
        output.copy_from_slice(input);
        let weight = parameters.tensor(Weight::AttentionOutput(self.layer));
        linear::forward_add(multiplier, to_residual(shape), output, &self.mixed, weight);
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
        let Scratch { grad_residual, grad_branch, grad_qkv, grad_map, .. } = scratch;
        let weight = Weight::AttentionOutput(self.layer);
        let grad_weight = gradient.tensor_mut(weight);
        linear::backward_weight(multiplier, to_residual(shape), grad_weight, grad_residual, &self.mixed);
        let weight = parameters.tensor(weight);
        linear::backward_input(multiplier, to_residual(shape), grad_branch, grad_residual, weight);

        attention::backward(
            multiplier,
            heads(shape),
            grad_qkv,
            grad_map,
            grad_branch,
            &self.probs,
            &self.qkv,
        );
        if let Some(rotations) = &tools.rotations {
            for (row, grad_qkv) in grad_qkv.chunks_exact_mut(3 * shape.d_model).enumerate() {
                rotations.backward(&mut grad_qkv[..2 * shape.d_model], row % shape.time);
            }
        }

        let grad_weight = gradient.query_key_value_mut(self.layer);
        linear::backward_weight(multiplier, to_qkv(shape), grad_weight, grad_qkv, &self.norm.out);
        let weight = parameters.query_key_value(self.layer);
        linear::backward_input(multiplier, to_qkv(shape), grad_branch, grad_qkv, weight);
        let gain = Weight::AttentionNorm(self.layer);
        let grad_gain = gradient.tensor_mut(gain);
        self.norm.backward(grad_residual, grad_gain, grad_branch, input, parameters.tensor(gain));
    }
}

fn to_qkv(shape: Shape) -> linear::Shape {
    linear::Shape { rows: shape.rows(), inputs: shape.d_model, outputs: 3 * shape.d_model }
}

fn to_residual(shape: Shape) -> linear::Shape {
    linear::Shape { rows: shape.rows(), inputs: shape.d_model, outputs: shape.d_model }
}

fn heads(shape: Shape) -> attention::Shape {
    attention::Shape { batch: shape.batch, time: shape.time, n_head: shape.n_head, d_head: shape.d_head() }
}
