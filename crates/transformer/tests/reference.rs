//! Comparison with an independent implementation in PyTorch: see `oracle/reference.py`, which wrote
//! `oracle/values.txt`.
//!
//! The reference computes in f64. Differences are the rounding of f32: 6e-8 a term, over sums of at most 128 terms and
//! ten operations deep about 1e-6 of values of order one. Where a tolerance is larger, the reason stands beside it.

use transformer::optimizer::{Optimizer, Schedule, Settings};
use transformer::{
    Architecture, Batch, Config, IGNORED, Parameters, Positions, Role, Sequences, Unembedding, model,
};

const VALUES: &str = include_str!("../oracle/values.txt");

/// A model of the script: its name there, its shape and how it is trained.
struct Case {
    name: &'static str,
    config: Config,
    batch: usize,
    settings: Settings,
    schedule: Schedule,
}

fn cases() -> [Case; 2] {
    let decoder = Architecture {
        vocab_size: 37,
        context_len: 16,
        n_layer: 2,
        n_head: 4,
        d_model: 32,
        d_ff: Some(128),
        unembedding: Unembedding::Tied,
        positions: Positions::Rotary { base: 1000.0 },
    };
    let attention_only = Architecture {
        vocab_size: 28,
        context_len: 32,
        n_head: 1,
        d_ff: None,
        unembedding: Unembedding::Untied,
        positions: Positions::Rotary { base: 100.0 },
        ..decoder
    };
    [
        Case {
            name: "decoder",
            config: Config::new(decoder).expect("a valid shape"),
            batch: 3,
            settings: Settings::muon(),
            schedule: Schedule { warmup: 4, total: Some(10) },
        },
        Case {
            name: "attention_only",
            config: Config::new(attention_only).expect("a valid shape"),
            batch: 2,
            settings: Settings::adam_w(),
            schedule: Schedule { warmup: 4, total: None },
        },
    ]
}

fn recorded(case: &Case, what: &str) -> Vec<f64> {
    let name = format!("{}.{what}", case.name);
    let line = VALUES.lines().find(|line| line.split(' ').next() == Some(&name)).expect(&name);
    line.split(' ').skip(1).map(|value| value.parse().expect("a number")).collect()
}

/// The script's hash of an index, in [-0.5, 0.5).
fn scattered(index: u32) -> f64 {
    let mut x = index.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    x ^= x >> 16;
    x = x.wrapping_mul(2_246_822_519);
    x ^= x >> 13;
    x = x.wrapping_mul(3_266_489_917);
    x ^= x >> 16;
    f64::from(x) / 2_f64.powi(32) - 0.5
}

fn weights(config: &Config) -> Parameters {
    let mut parameters = Parameters::zeros(config);
    for tensor in parameters.layout().tensors().to_vec() {
        for (index, value) in tensor.range().zip(parameters.tensor_mut(tensor.weight)) {
            let u = scattered(index as u32);
            *value = match tensor.role() {
                Role::Gain => 1.0 + 0.5 * u,
                _ => u * (12.0 / tensor.cols as f64).sqrt(),
            } as f32;
        }
    }
    parameters
}

fn tokens(case: &Case, step: u32) -> (Vec<u16>, Vec<u16>) {
    let n = case.batch * case.config.context_len();
    let start = 1_000_000 * (step + 1);
    let token = |index| ((scattered(start + index) + 0.5) * case.config.vocab_size() as f64) as u16;
    let inputs = (0..n as u32).map(token).collect();
    let mut targets: Vec<u16> = (n as u32..2 * n as u32).map(token).collect();
    for target in targets.iter_mut().step_by(5) {
        *target = IGNORED;
    }
    (inputs, targets)
}

fn assert_close(what: &str, values: impl IntoIterator<Item = f64>, expected: &[f64], tolerance: f64) {
    let values: Vec<f64> = values.into_iter().collect();
    assert_eq!(values.len(), expected.len(), "{what}");
    for (index, (value, expected)) in values.iter().zip(expected).enumerate() {
        let error = (value - expected).abs() / expected.abs().max(1.0);
        assert!(error < tolerance, "{what}[{index}]: {value}, expected {expected}, off by {error:.1e}");
    }
}

#[test]
fn logits_and_losses_equal_the_reference() {
    for case in cases() {
        let (config, time) = (&case.config, case.config.context_len());
        let parameters = weights(config);
        let workspace = &mut model::Workspace::new(config);
        let (inputs, targets) = tokens(&case, 0);
        let inputs = Sequences::new(config, &inputs, time).unwrap();
        let logits = model::forward(workspace, &parameters, inputs);
        let last = &logits[(case.batch - 1) * time * config.vocab_size()..];
        let rows = [0, time / 2, time - 1];
        let shown = rows.iter().flat_map(|row| &last[row * config.vocab_size()..][..config.vocab_size()]);
        assert_close("logits", shown.map(|&v| f64::from(v)), &recorded(&case, "logits"), 1e-5);

        let batch = Batch::new(config, inputs, &targets).unwrap();
        let losses = model::losses(workspace, &parameters, &batch);
        assert_close("losses", losses.iter().map(|&v| f64::from(v)), &recorded(&case, "losses"), 1e-5);
    }
}

#[test]
fn gradients_and_ten_training_losses_equal_the_reference() {
    for case in cases() {
        let config = &case.config;
        let mut parameters = weights(config);
        let mut gradient = Parameters::zeros(config);
        let mut optimizer = Optimizer::new(config, case.settings);
        let workspace = &mut model::Workspace::new(config);
        let mut training_losses = Vec::new();
        for step in 0..10 {
            let (inputs, targets) = tokens(&case, step);
            let inputs = Sequences::new(config, &inputs, config.context_len()).unwrap();
            let batch = Batch::new(config, inputs, &targets).unwrap();
            let n_targets = batch.n_targets() as f64;
            gradient.values_mut().fill(0.0);
            let weight = (1.0 / n_targets) as f32;
            let loss = model::accumulate_gradient(workspace, &mut gradient, &parameters, &batch, weight);
            training_losses.push(loss / n_targets);
            if step == 0 {
                let tensors = || gradient.layout().tensors().iter().map(|t| gradient.tensor(t.weight));
                let norm = |values: &[f32]| values.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
                assert_close("norms", tensors().map(norm), &recorded(&case, "gradient_norms"), 1e-5);
                let last = |values: &[f32]| f64::from(values[values.len() - 1]);
                assert_close("lasts", tensors().map(last), &recorded(&case, "gradient_lasts"), 1e-6);
            }
            optimizer.step(&mut parameters, &gradient, case.schedule.rate(step.into()));
        }
        // Adam divides by the root of the squared gradient, so a weight whose gradient is nearly zero can move the
        // other way after rounding; each such weight changes the loss by less than its learning rate times its
        // gradient, and together they leave 1e-4.
        assert_close("training losses", training_losses, &recorded(&case, "training_losses"), 1e-4);
    }
}
