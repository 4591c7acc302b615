//! The forward and backward pass.

use super::workspace::{Block, Scratch, Workspace};
use crate::ops::{cross_entropy, embedding, linear};
use crate::{Batch, HeadSet, Parameters, Positions, Sequences, Weight};

/// Returns the logits `[batch, time, vocab_size]` of the token that follows each position.
///
/// # Panics
/// If parameters and workspace belong to models of different shape.
pub fn forward<'w>(workspace: &'w mut Workspace, parameters: &Parameters, sequences: Sequences) -> &'w [f32] {
    run(workspace, parameters, sequences, None)
}

/// Like [`forward`], with some heads cut off: what they read is still in their attention maps, but they add nothing to
/// the residual stream.
///
/// # Panics
/// If parameters and workspace belong to models of different shape.
pub fn forward_without<'w>(
    workspace: &'w mut Workspace,
    parameters: &Parameters,
    sequences: Sequences,
    ablated: &HeadSet,
) -> &'w [f32] {
    run(workspace, parameters, sequences, Some(ablated))
}

/// Returns the loss of each position, `[batch, time]`, in nats; 0 where the target is ignored.
///
/// # Panics
/// If parameters and workspace belong to models of different shape.
pub fn losses<'w>(workspace: &'w mut Workspace, parameters: &Parameters, batch: &Batch) -> &'w [f32] {
    run(workspace, parameters, batch.inputs(), None);
    workspace.probs.resize(workspace.logits.len(), 0.0);
    cross_entropy::forward(&mut workspace.losses, &mut workspace.probs, &workspace.logits, batch.targets());
    &workspace.losses
}

/// Adds `weight` times the gradient of the summed loss to `gradient` and returns the summed loss, in nats.
///
/// For the mean over a batch, `weight` is one over its number of targets. A batch may be split over several calls,
/// or over threads with a workspace and a gradient each, provided that `weight` counts the targets of all parts.
///
/// # Panics
/// If parameters, gradient and workspace belong to models of different shape.
pub fn accumulate_gradient(
    workspace: &mut Workspace,
    gradient: &mut Parameters,
    parameters: &Parameters,
    batch: &Batch,
    weight: f32,
) -> f64 {
    assert!(gradient.config() == parameters.config(), "a gradient for a model of another shape");
    let loss = losses(workspace, parameters, batch).iter().map(|&loss| f64::from(loss)).sum();
    workspace.resize_for_training();
    let Workspace { tools, shape, residuals, blocks, final_norm, probs, scratch, .. } = workspace;
    let shape = *shape;

    cross_entropy::backward_in_place(probs, batch.targets(), weight);
    let grad_logits = probs;
    let to_logits = linear::Shape { rows: shape.rows(), inputs: shape.d_model, outputs: shape.vocab_size };
    let multiplier = &mut tools.multiplier;
    let grad_table = gradient.unembedding_mut();
    linear::backward_weight(multiplier, to_logits, grad_table, grad_logits, &final_norm.out);
    let Scratch { grad_residual, grad_branch, .. } = scratch;
    linear::backward_input(multiplier, to_logits, grad_branch, grad_logits, parameters.unembedding());
    grad_residual.fill(0.0);
    let gain = parameters.tensor(Weight::FinalNorm);
    let grad_gain = gradient.tensor_mut(Weight::FinalNorm);
    final_norm.backward(grad_residual, grad_gain, grad_branch, &residuals[blocks.len()], gain);

    for (block, input) in blocks.iter().zip(residuals.iter()).rev() {
        match block {
            Block::Attention(block) => block.backward(tools, gradient, parameters, shape, input, scratch),
            Block::Mlp(block) => block.backward(tools, gradient, parameters, shape, input, scratch),
        }
    }
    let scale = parameters.config().input_scale();
    let grad_table = gradient.tensor_mut(Weight::Embedding);
    embedding::backward(grad_table, &scratch.grad_residual, batch.inputs().tokens(), scale);
    if parameters.config().positions() == Positions::Learned {
        let grad_table = gradient.tensor_mut(Weight::Position);
        embedding::backward_positions(grad_table, &scratch.grad_residual, shape.time, shape.d_model);
    }
    loss
}

fn run<'w>(
    workspace: &'w mut Workspace,
    parameters: &Parameters,
    sequences: Sequences,
    ablated: Option<&HeadSet>,
) -> &'w [f32] {
    let config = parameters.config();
    assert!(config == workspace.config(), "a workspace for models of another shape");
    workspace.resize(sequences);
    let Workspace { tools, shape, residuals, blocks, final_norm, logits, .. } = workspace;
    let shape = *shape;
    let table = parameters.tensor(Weight::Embedding);
    embedding::forward(&mut residuals[0], table, sequences.tokens(), config.input_scale());
    if config.positions() == Positions::Learned {
        let table = parameters.tensor(Weight::Position);
        embedding::add_positions(&mut residuals[0], table, shape.time, shape.d_model);
    }
    for (index, block) in blocks.iter_mut().enumerate() {
        let (before, after) = residuals.split_at_mut(index + 1);
        let residual = (before[index].as_slice(), after[0].as_mut_slice());
        match block {
            Block::Attention(block) => block.forward(tools, parameters, shape, residual, ablated),
            Block::Mlp(block) => block.forward(tools, parameters, shape, residual),
        }
    }
    final_norm.forward(&residuals[blocks.len()], parameters.tensor(Weight::FinalNorm));
    let to_logits = linear::Shape { rows: shape.rows(), inputs: shape.d_model, outputs: shape.vocab_size };
    let multiplier = &mut tools.multiplier;
    linear::forward(multiplier, to_logits, logits, &final_norm.out, parameters.unembedding());
    logits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matrix::Kernel;
    use crate::ops::finite_difference::assert_gradient;
    use crate::{Architecture, Config, Generator, IGNORED, Init, Unembedding};

    const DECODER: Architecture = Architecture {
        vocab_size: 11,
        context_len: 14,
        n_layer: 2,
        n_head: 2,
        d_model: 8,
        d_ff: Some(16),
        unembedding: Unembedding::Tied,
        positions: Positions::Rotary { base: 100.0 },
    };

    fn tokens(config: &Config, n: usize, generator: &mut Generator) -> Vec<u16> {
        (0..n).map(|_| generator.below(config.vocab_size() as u64) as u16).collect()
    }

    /// Compares every coordinate of every tensor of a random model with differences of the mean loss.
    fn check(architecture: Architecture, batch: usize, time: usize) {
        let config = Config::new(architecture).unwrap();
        let generator = &mut Generator::from_seed(5);
        let mut parameters = Parameters::init(&config, Init::default(), generator);
        // Gains that differ, so that a gradient that forgot its gain would show.
        for tensor in parameters.layout().tensors().to_vec() {
            if tensor.role() == crate::Role::Gain {
                let gains = parameters.tensor_mut(tensor.weight);
                gains.fill_with(|| 0.5 + generator.uniform() as f32);
            }
        }
        let inputs = tokens(&config, batch * time, generator);
        let mut targets = tokens(&config, batch * time, generator);
        if targets.len() > 1 {
            targets[0] = IGNORED;
        }
        let sequences = Sequences::new(&config, &inputs, time).unwrap();
        let batch = Batch::new(&config, sequences, &targets).unwrap();
        let n_targets = batch.n_targets() as f64;

        let workspace = &mut Workspace::new(&config);
        let mut gradient = Parameters::zeros(&config);
        accumulate_gradient(workspace, &mut gradient, &parameters, &batch, 1.0 / n_targets as f32);
        for tensor in parameters.layout().tensors().to_vec() {
            let mut moved = parameters.clone();
            let what = format!("{:?} of {architecture:?}", tensor.weight);
            // A mean loss of order two carries 1e-7 of rounding, hence 1e-5 over the step, against largest slopes of
            // 0.01 to 1; third derivatives of the softmax and the norms add as much. One in a hundred is what f32
            // allows; a wrong term is off by much more.
            assert_gradient(
                &what,
                parameters.tensor(tensor.weight),
                gradient.tensor(tensor.weight),
                1e-2,
                1e-2,
                |values| {
                    moved.tensor_mut(tensor.weight).copy_from_slice(values);
                    let losses = losses(workspace, &moved, &batch);
                    losses.iter().map(|&loss| f64::from(loss)).sum::<f64>() / n_targets
                },
            );
        }
    }

    #[test]
    fn gradients_of_decoders_equal_differences() {
        check(DECODER, 2, 14);
        check(Architecture { n_layer: 1, n_head: 1, ..DECODER }, 1, 5);
        check(Architecture { n_head: 4, unembedding: Unembedding::Untied, ..DECODER }, 2, 3);
    }

    #[test]
    fn gradients_of_attention_only_models_equal_differences() {
        let architecture = Architecture { d_ff: None, unembedding: Unembedding::Untied, ..DECODER };
        check(architecture, 2, 13);
        check(Architecture { n_layer: 1, n_head: 4, unembedding: Unembedding::Tied, ..architecture }, 2, 4);
        // Heads of one coordinate, which no rotation could pair.
        check(Architecture { n_head: 8, positions: Positions::Learned, ..architecture }, 2, 9);
    }

    #[test]
    fn a_single_token_attends_to_itself_and_queries_and_keys_do_not_matter() {
        let config = Config::new(DECODER).unwrap();
        let parameters = Parameters::init(&config, Init::default(), &mut Generator::from_seed(5));
        let workspace = &mut Workspace::new(&config);
        let sequences = Sequences::new(&config, &[3, 7], 1).unwrap();
        let batch = Batch::new(&config, sequences, &[1, 2]).unwrap();
        let mut gradient = Parameters::zeros(&config);
        accumulate_gradient(workspace, &mut gradient, &parameters, &batch, 0.5);
        assert_eq!(workspace.attention_map(1, 0, 0).unwrap(), [1.0]);
        for weight in [Weight::Query(0), Weight::Key(0), Weight::Query(1), Weight::Key(1)] {
            assert!(gradient.tensor(weight).iter().all(|&value| value == 0.0));
        }
        let mut moved = parameters.clone();
        let values = Weight::Value(0);
        let mean_loss = |values_now: &[f32]| {
            moved.tensor_mut(values).copy_from_slice(values_now);
            losses(workspace, &moved, &batch).iter().map(|&loss| f64::from(loss)).sum::<f64>() / 2.0
        };
        let point = parameters.tensor(values);
        // As in `check`.
        assert_gradient("values", point, gradient.tensor(values), 1e-2, 1e-2, mean_loss);
    }

    #[test]
    fn every_kernel_gives_the_same_logits_to_rounding() {
        let config = Config::new(DECODER).unwrap();
        let generator = &mut Generator::from_seed(10);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let inputs = tokens(&config, 28, generator);
        let sequences = Sequences::new(&config, &inputs, 14).unwrap();
        let fastest = forward(&mut Workspace::new(&config), &parameters, sequences).to_vec();
        for kernel in Kernel::available() {
            let workspace = &mut Workspace::with_kernel(&config, kernel);
            let logits = forward(workspace, &parameters, sequences);
            // Logits of order one through four blocks of sums of at most 16 terms, fused or not.
            assert!(logits.iter().zip(&fastest).all(|(a, b)| (a - b).abs() < 1e-5), "{kernel:?}");
        }
    }

    #[test]
    fn gradient_of_a_split_batch_is_that_of_the_whole() {
        let config = Config::new(DECODER).unwrap();
        let generator = &mut Generator::from_seed(6);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let (inputs, targets) = (tokens(&config, 24, generator), tokens(&config, 24, generator));
        let gradient_of = |parts: &[std::ops::Range<usize>]| {
            let mut gradient = Parameters::zeros(&config);
            let workspace = &mut Workspace::new(&config);
            let mut loss = 0.0;
            for part in parts {
                let sequences = Sequences::new(&config, &inputs[part.clone()], 6).unwrap();
                let batch = Batch::new(&config, sequences, &targets[part.clone()]).unwrap();
                loss += accumulate_gradient(workspace, &mut gradient, &parameters, &batch, 1.0 / 24.0);
            }
            (loss, gradient)
        };
        // Parts of different size also prove that a workspace serves one after the other.
        let (whole_loss, whole) = gradient_of(std::slice::from_ref(&(0..24)));
        let (parts_loss, parts) = gradient_of(&[0..18, 18..24]);
        assert!((whole_loss - parts_loss).abs() < 1e-5);
        let close = |(a, b): (&f32, &f32)| (a - b).abs() < 1e-6;
        assert!(whole.values().iter().zip(parts.values()).all(close));
    }

    #[test]
    fn a_position_does_not_see_the_future() {
        let config = Config::new(DECODER).unwrap();
        let generator = &mut Generator::from_seed(7);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let mut inputs = tokens(&config, 14, generator);
        let workspace = &mut Workspace::new(&config);
        let before = forward(workspace, &parameters, Sequences::new(&config, &inputs, 14).unwrap()).to_vec();
        inputs[13] = (inputs[13] + 1) % 11;
        let after = forward(workspace, &parameters, Sequences::new(&config, &inputs, 14).unwrap());
        let (past, present) = (13 * 11, 14 * 11);
        assert_eq!(before[..past], after[..past]);
        assert_ne!(before[past..present], after[past..present]);
    }

    #[test]
    fn ablating_a_head_equals_zeroing_its_columns_of_the_output_projection() {
        let config = Config::new(DECODER).unwrap();
        let generator = &mut Generator::from_seed(8);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let inputs = tokens(&config, 20, generator);
        let sequences = Sequences::new(&config, &inputs, 10).unwrap();
        let workspace = &mut Workspace::new(&config);
        let whole = forward(workspace, &parameters, sequences).to_vec();

        let mut heads = HeadSet::new(&config);
        heads.insert(1, 0).unwrap();
        let ablated = forward_without(workspace, &parameters, sequences, &heads).to_vec();
        let mut zeroed = parameters.clone();
        for row in zeroed.tensor_mut(Weight::AttentionOutput(1)).chunks_mut(8) {
            row[..4].fill(0.0);
        }
        assert_eq!(ablated, forward(workspace, &zeroed, sequences));
        assert_ne!(ablated, whole);
        assert!(heads.insert(2, 0).is_err() && heads.insert(0, 2).is_err());
    }

    #[test]
    fn attention_maps_are_distributions_over_the_past() {
        let config = Config::new(DECODER).unwrap();
        let generator = &mut Generator::from_seed(9);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let inputs = tokens(&config, 20, generator);
        let workspace = &mut Workspace::new(&config);
        forward(workspace, &parameters, Sequences::new(&config, &inputs, 10).unwrap());
        let map = workspace.attention_map(1, 1, 1).unwrap();
        for (position, row) in map.chunks(10).enumerate() {
            assert!((row[..=position].iter().sum::<f32>() - 1.0).abs() < 1e-6);
            assert!(row[position + 1..].iter().all(|&prob| prob == 0.0));
        }
        assert!(workspace.attention_map(0, 0, 2).is_err());
        assert!(workspace.attention_map(0, 2, 0).is_err());
    }
}
