//! Models and products for the benchmark in a browser (`tests/browser/engine-bench.mjs`), which calls these functions
//! and looks into this module's memory.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by one script")]

use std::arch::wasm32::{f32x4, f32x4_add, f32x4_extract_lane, f32x4_mul, f32x4_splat};
use std::hint::black_box;

use transformer::matrix::{Matrix, MatrixMut, Multiplier};
use transformer::model::{self, Workspace};
use transformer::optimizer::{Optimizer, Settings};
use transformer::{
    Architecture, Batch, Config, Decoder, Generator, Init, Parameters, Positions, Role, Sequences,
    Unembedding, likeliest,
};

struct Model {
    parameters: Parameters,
    gradient: Parameters,
    workspace: Workspace,
    decoder: Decoder,
    optimizer: Optimizer,
    /// The script writes what is read; generation writes what it made.
    tokens: Vec<u16>,
    targets: Vec<u16>,
}

/// A model with random weights, gains among them: normal, so that a forgotten one shows, and that a token whose
/// embedding is tied does not just answer itself.
#[unsafe(no_mangle)]
extern "C" fn model(
    n_layer: usize,
    n_head: usize,
    d_model: usize,
    d_ff: usize,
    vocab_size: usize,
    context_len: usize,
    tied: bool,
    base: f32,
) -> *mut Model {
    let config = Config::new(Architecture {
        vocab_size,
        context_len,
        n_layer,
        n_head,
        d_model,
        d_ff: (d_ff > 0).then_some(d_ff),
        unembedding: if tied { Unembedding::Tied } else { Unembedding::Untied },
        positions: Positions::Rotary { base },
    });
    let config = config.expect("the script asks for valid shapes");
    let generator = &mut Generator::from_seed(1);
    let mut parameters = Parameters::init(&config, Init::default(), generator);
    for tensor in parameters.layout().tensors().to_vec() {
        if tensor.role() == Role::Gain {
            parameters.tensor_mut(tensor.weight).fill_with(|| generator.normal() as f32);
        }
    }
    Box::into_raw(Box::new(Model {
        gradient: Parameters::zeros(&config),
        workspace: Workspace::new(&config),
        decoder: Decoder::new(&parameters),
        optimizer: Optimizer::new(&config, Settings::adam_w()),
        parameters,
        tokens: Vec::new(),
        targets: Vec::new(),
    }))
}

#[unsafe(no_mangle)]
extern "C" fn values(model: &Model) -> *const f32 {
    model.parameters.values().as_ptr()
}

#[unsafe(no_mangle)]
extern "C" fn values_len(model: &Model) -> usize {
    model.parameters.values().len()
}

/// Room for `n` tokens.
#[unsafe(no_mangle)]
extern "C" fn tokens(model: &mut Model, n: usize) -> *mut u16 {
    model.tokens.resize(n, 0);
    model.tokens.as_mut_ptr()
}

/// Room for `n` targets.
#[unsafe(no_mangle)]
extern "C" fn targets(model: &mut Model, n: usize) -> *mut u16 {
    model.targets.resize(n, 0);
    model.targets.as_mut_ptr()
}

/// Operations of reading `time` tokens.
#[unsafe(no_mangle)]
extern "C" fn forward_flops(model: &Model, time: usize) -> f64 {
    model.parameters.config().forward_flops_per_token(time) * time as f64
}

/// Reads the first tokens, one whole context, and returns the logits of all.
#[unsafe(no_mangle)]
extern "C" fn forward(model: &mut Model) -> *const f32 {
    let Model { parameters, workspace, tokens, .. } = model;
    let config = parameters.config();
    let sequences = Sequences::new(config, &tokens[..config.context_len()], config.context_len());
    model::forward(workspace, parameters, sequences.expect("the script writes valid tokens")).as_ptr()
}

/// Reads the first token and then what it made, `n` in all, and returns the logits after the last.
#[unsafe(no_mangle)]
extern "C" fn generate(model: &mut Model, n: usize) -> *const f32 {
    let Model { decoder, tokens, .. } = model;
    decoder.clear();
    let mut last = std::ptr::null();
    for position in 0..n {
        let logits = decoder.read(&tokens[position..=position]).expect("the script keeps to the context");
        tokens[position + 1] = likeliest(logits).expect("a vocabulary has tokens");
        last = logits.as_ptr();
    }
    last
}

/// Makes a training step on batch number `index` of those that the tokens and targets consist of, each of `n_rows`
/// contexts, and returns the mean loss before it.
#[unsafe(no_mangle)]
extern "C" fn train(model: &mut Model, index: usize, n_rows: usize) -> f64 {
    let Model { parameters, gradient, workspace, optimizer, tokens, targets, .. } = model;
    let config = *parameters.config();
    let n_tokens = n_rows * config.context_len();
    let range = index * n_tokens..(index + 1) * n_tokens;
    let inputs = Sequences::new(&config, &tokens[range.clone()], config.context_len());
    let batch = Batch::new(&config, inputs.expect("the script writes valid tokens"), &targets[range]);
    gradient.values_mut().fill(0.0);
    let weight = 1.0 / n_tokens as f32;
    let batch = batch.expect("the script writes valid targets");
    let loss = model::accumulate_gradient(workspace, gradient, parameters, &batch, weight);
    optimizer.step(parameters, gradient, 1.0);
    loss / n_tokens as f64
}

struct Product {
    multiplier: Multiplier,
    m: usize,
    k: usize,
    n: usize,
    left: Vec<f32>,
    weight: Vec<f32>,
    out: Vec<f32>,
}

/// A product `[m, k]` · `[n, k]`ᵀ of random matrices.
#[unsafe(no_mangle)]
extern "C" fn product(m: usize, k: usize, n: usize) -> *mut Product {
    let generator = &mut Generator::from_seed(1);
    let mut random = |n: usize| -> Vec<f32> { (0..n).map(|_| generator.normal() as f32).collect() };
    let (left, weight) = (random(m * k), random(n * k));
    Box::into_raw(Box::new(Product {
        multiplier: Multiplier::default(),
        m,
        k,
        n,
        left,
        weight,
        out: vec![0.0; m * n],
    }))
}

#[unsafe(no_mangle)]
extern "C" fn left(product: &Product) -> *const f32 {
    product.left.as_ptr()
}

#[unsafe(no_mangle)]
extern "C" fn weight(product: &Product) -> *const f32 {
    product.weight.as_ptr()
}

/// Multiplies `times` times, as a forward pass does: the weight is packed each time.
#[unsafe(no_mangle)]
extern "C" fn multiply(product: &mut Product, times: usize) -> *const f32 {
    let Product { multiplier, m, k, n, left, weight, out } = product;
    for _ in 0..times {
        let left = Matrix::new(black_box(left), *m, *k);
        let right = Matrix::new(weight, *n, *k).transposed();
        multiplier.set(MatrixMut::new(out, *m, *n), left, right);
    }
    out.as_ptr()
}

/// Chains of [`multiply_add`]: each waits for its own last sum only, and together they keep every unit busy.
const CHAINS: usize = 12;

/// Operations of a turn of [`multiply_add`].
#[unsafe(no_mangle)]
extern "C" fn multiply_add_flops() -> usize {
    2 * 4 * CHAINS
}

/// `times` turns of independent multiplications and additions of vectors: the most that a product could reach.
#[unsafe(no_mangle)]
#[target_feature(enable = "simd128")]
extern "C" fn multiply_add(times: usize) -> f32 {
    let (factor, term) = black_box((f32x4_splat(0.5), f32x4(1.0, 2.0, 3.0, 4.0)));
    let mut sums: [_; CHAINS] = black_box([f32x4_splat(0.0); CHAINS]);
    for _ in 0..times {
        for sum in &mut sums {
            *sum = f32x4_add(f32x4_mul(*sum, factor), term);
        }
    }
    sums.into_iter().map(|sum| f32x4_extract_lane::<0>(sum)).sum()
}
