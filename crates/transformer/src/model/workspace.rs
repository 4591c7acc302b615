//! The activations of a batch, kept from one batch to the next so that training does not allocate.

use super::attention_block::AttentionBlock;
use super::mlp_block::MlpBlock;
use super::norm::Norm;
use crate::matrix::{Kernel, Multiplier};
use crate::ops::rope::Rotations;
use crate::{Config, Error, Sequences};

/// Every buffer that a forward and a backward pass write. One workspace serves one thread at a time; it grows to the
/// largest batch it has seen, and after that nothing is allocated.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(super) config: Config,
    pub(super) tools: Tools,
    pub(super) shape: Shape,
    /// Residual stream before each block and after the last one, each `[batch, time, d_model]`.
    pub(super) residuals: Vec<Vec<f32>>,
    pub(super) blocks: Vec<Block>,
    pub(super) final_norm: Norm,
    /// `[batch, time, vocab_size]`
    pub(super) logits: Vec<f32>,
    /// `[batch, time, vocab_size]`: probabilities, which the backward pass turns into the gradient of the logits.
    pub(super) probs: Vec<f32>,
    /// `[batch, time]`
    pub(super) losses: Vec<f32>,
    pub(super) scratch: Scratch,
}

/// A part of a layer that reads the residual stream and adds to it.
#[derive(Clone, Debug)]
pub enum Block {
    /// Attention.
    Attention(AttentionBlock),
    /// Multi-layer perceptron.
    Mlp(MlpBlock),
}

/// What every block uses.
#[derive(Clone, Debug)]
pub struct Tools {
    pub multiplier: Multiplier,
    /// None where positions are learned.
    pub rotations: Option<Rotations>,
}

/// Dimensions of a batch in a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub batch: usize,
    pub time: usize,
    pub d_model: usize,
    pub n_head: usize,
    /// 0 in attention-only models.
    pub d_ff: usize,
    pub vocab_size: usize,
}

impl Shape {
    /// Positions of all sequences.
    pub const fn rows(self) -> usize {
        self.batch * self.time
    }

    /// Width of a head.
    pub const fn d_head(self) -> usize {
        self.d_model / self.n_head
    }
}

/// Gradients of activations, which every block reuses.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_field_names, reason = "a gradient is called so everywhere")]
pub struct Scratch {
    /// `[batch, time, d_model]`: of the residual stream.
    pub grad_residual: Vec<f32>,
    /// `[batch, time, d_model]`: of a norm's output or of the mixed values.
    pub grad_branch: Vec<f32>,
    /// `[batch, time, 3, n_head, d_head]`
    pub grad_qkv: Vec<f32>,
    /// `[time, time]`: of one head's attention map.
    pub grad_map: Vec<f32>,
    /// `[batch, time, d_ff]`
    pub grad_hidden: Vec<f32>,
}

impl Workspace {
    /// A workspace for models of this shape, with the fastest kernel that the machine can run.
    pub fn new(config: &Config) -> Self {
        Self::with_kernel(config, Kernel::detect())
    }

    /// A workspace that uses a given kernel.
    pub fn with_kernel(config: &Config, kernel: Kernel) -> Self {
        let shape = Shape {
            batch: 0,
            time: 0,
            d_model: config.d_model(),
            n_head: config.n_head(),
            d_ff: config.d_ff().unwrap_or(0),
            vocab_size: config.vocab_size(),
        };
        let mut blocks = Vec::new();
        for layer in 0..config.n_layer() {
            blocks.push(Block::Attention(AttentionBlock::new(layer)));
            if config.d_ff().is_some() {
                blocks.push(Block::Mlp(MlpBlock::new(layer)));
            }
        }
        Self {
            config: *config,
            tools: Tools { multiplier: Multiplier::with_kernel(kernel), rotations: Rotations::of(config) },
            shape,
            residuals: vec![Vec::new(); blocks.len() + 1],
            blocks,
            final_norm: Norm::default(),
            logits: Vec::new(),
            probs: Vec::new(),
            losses: Vec::new(),
            scratch: Scratch::default(),
        }
    }

    /// The shape of the models it serves.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The logits `[batch, time, vocab_size]` of the last forward pass.
    pub fn logits(&self) -> &[f32] {
        &self.logits
    }

    /// The loss of each position `[batch, time]`, in nats, of the last pass that had targets.
    pub fn losses(&self) -> &[f32] {
        &self.losses
    }

    /// The attention map `[time, time]` of a head for one sequence of the last forward pass: row t says where position
    /// t looked.
    ///
    /// # Errors
    /// [`Error::NoSuchHead`].
    ///
    /// # Panics
    /// If the last batch had no such sequence.
    pub fn attention_map(&self, sequence: usize, layer: usize, head: usize) -> Result<&[f32], Error> {
        let Shape { batch, time, n_head, .. } = self.shape;
        assert!(sequence < batch, "there is no sequence {sequence} in a batch of {batch}");
        let mut attention = self.blocks.iter().filter_map(|block| match block {
            Block::Attention(block) => Some(block),
            Block::Mlp(_) => None,
        });
        match attention.nth(layer) {
            Some(block) if head < n_head => {
                Ok(&block.probs[(sequence * n_head + head) * time * time..][..time * time])
            }
            _ => Err(Error::NoSuchHead { layer, head, n_layer: self.config.n_layer(), n_head }),
        }
    }

    /// Fits every buffer to a batch.
    pub(super) fn resize(&mut self, sequences: Sequences) {
        let shape = Shape { batch: sequences.batch(), time: sequences.time(), ..self.shape };
        if shape == self.shape {
            return;
        }
        self.shape = shape;
        let stream = shape.rows() * shape.d_model;
        for residual in &mut self.residuals {
            residual.resize(stream, 0.0);
        }
        for block in &mut self.blocks {
            match block {
                Block::Attention(block) => block.resize(shape),
                Block::Mlp(block) => block.resize(shape),
            }
        }
        self.final_norm.resize(shape.rows(), shape.d_model);
        self.logits.resize(shape.rows() * shape.vocab_size, 0.0);
        self.losses.resize(shape.rows(), 0.0);
    }

    /// Fits the buffers of losses and gradients to the batch, which a forward pass alone does not need.
    pub(super) fn resize_for_training(&mut self) {
        let shape = self.shape;
        let stream = shape.rows() * shape.d_model;
        let Scratch { grad_residual, grad_branch, grad_qkv, grad_map, grad_hidden } = &mut self.scratch;
        grad_residual.resize(stream, 0.0);
        grad_branch.resize(stream, 0.0);
        grad_qkv.resize(3 * stream, 0.0);
        grad_map.resize(shape.time * shape.time, 0.0);
        grad_hidden.resize(shape.rows() * shape.d_ff, 0.0);
    }
}
