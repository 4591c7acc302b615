//! Incremental forward pass: one token at a time, with the keys and values of earlier ones kept.

use std::ops::Range;

use crate::matrix::{self, Kernel, Matrix, MatrixMut, Packed, Write};
use crate::ops::lanes::{self, Lanes};
use crate::ops::rope::Rotations;
use crate::ops::{embedding, reduce, relu_squared, rms_norm, softmax};
use crate::{Config, Error, HeadSet, Parameters, Positions, Weight};

/// A model that reads a sequence token by token. It holds a copy of the weights, packed for the kernel.
#[derive(Clone, Debug)]
pub struct Decoder {
    config: Config,
    kernel: Kernel,
    rotations: Option<Rotations>,
    embedding: Vec<f32>,
    /// `[context_len, d_model]`, where positions are learned.
    positions: Option<Vec<f32>>,
    layers: Vec<Layer>,
    final_norm: Vec<f32>,
    unembedding: Packed,
    ablated: HeadSet,
    /// Tokens read.
    len: usize,
    activations: Activations,
}

/// The weights of one layer and what it has seen.
#[derive(Clone, Debug)]
struct Layer {
    attention_norm: Vec<f32>,
    query_key_value: Packed,
    attention_output: Packed,
    mlp: Option<Mlp>,
    /// Rotated keys, `[n_head, context_len, d_head]`.
    keys: Vec<f32>,
    /// Values, `[n_head, context_len, d_head]`.
    values: Vec<f32>,
    /// Where the last token looked, `[n_head, context_len]`.
    probs: Vec<f32>,
}

#[derive(Clone, Debug)]
struct Mlp {
    norm: Vec<f32>,
    up: Packed,
    down: Packed,
}

/// The activations of one token.
#[derive(Clone, Debug)]
struct Activations {
    /// `[d_model]`
    residual: Vec<f32>,
    /// `[d_model]`
    normed: Vec<f32>,
    /// `[3, n_head, d_head]`
    qkv: Vec<f32>,
    /// `[n_head, d_head]`
    mixed: Vec<f32>,
    /// `[d_ff]`
    hidden: Vec<f32>,
    /// `[d_ff]`
    rectified: Vec<f32>,
    /// `[vocab_size]`
    logits: Vec<f32>,
}

impl Decoder {
    /// A decoder that has read nothing.
    pub fn new(parameters: &Parameters) -> Self {
        let config = *parameters.config();
        let (d_model, d_ff) = (config.d_model(), config.d_ff().unwrap_or(0));
        let packed = |values: &[f32], inputs: usize| {
            Packed::of(Matrix::new(values, values.len() / inputs, inputs).transposed())
        };
        let tensor = |weight| parameters.tensor(weight);
        let layers = (0..config.n_layer()).map(|layer| Layer {
            attention_norm: tensor(Weight::AttentionNorm(layer)).to_vec(),
            query_key_value: packed(parameters.query_key_value(layer), d_model),
            attention_output: packed(tensor(Weight::AttentionOutput(layer)), d_model),
            mlp: config.d_ff().map(|d_ff| Mlp {
                norm: tensor(Weight::MlpNorm(layer)).to_vec(),
                up: packed(tensor(Weight::MlpUp(layer)), d_model),
                down: packed(tensor(Weight::MlpDown(layer)), d_ff),
            }),
            keys: vec![0.0; config.context_len() * d_model],
            values: vec![0.0; config.context_len() * d_model],
            probs: vec![0.0; config.context_len() * config.n_head()],
        });
        Self {
            config,
            kernel: Kernel::detect(),
            rotations: Rotations::of(&config),
            embedding: tensor(Weight::Embedding).to_vec(),
            positions: match config.positions() {
                Positions::Rotary { .. } => None,
                Positions::Learned => Some(tensor(Weight::Position).to_vec()),
            },
            layers: layers.collect(),
            final_norm: tensor(Weight::FinalNorm).to_vec(),
            unembedding: packed(parameters.unembedding(), d_model),
            ablated: HeadSet::new(&config),
            len: 0,
            activations: Activations {
                residual: vec![0.0; d_model],
                normed: vec![0.0; d_model],
                qkv: vec![0.0; 3 * d_model],
                mixed: vec![0.0; d_model],
                hidden: vec![0.0; d_ff],
                rectified: vec![0.0; d_ff],
                logits: vec![0.0; config.vocab_size()],
            },
        }
    }

    /// Forgets all tokens.
    pub const fn clear(&mut self) {
        self.len = 0;
    }

    /// Tokens read.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether no token has been read.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Cuts some heads off from the next token on.
    pub fn ablate(&mut self, heads: HeadSet) {
        self.ablated = heads;
    }

    /// Reads tokens and returns the logits `[vocab_size]` of the one that follows the last. On an error nothing has
    /// been read.
    ///
    /// # Errors
    /// [`Error::NoTokens`], [`Error::TokenOutOfRange`], and [`Error::SequenceTooLong`] if the tokens read before and
    /// these do not fit the context together.
    ///
    /// ```
    /// use transformer::{
    ///     Architecture, Config, Decoder, Generator, Init, Parameters, Positions, Unembedding,
    /// };
    /// let config = Config::new(Architecture {
    ///     vocab_size: 10,
    ///     context_len: 8,
    ///     n_layer: 1,
    ///     n_head: 2,
    ///     d_model: 8,
    ///     d_ff: Some(32),
    ///     unembedding: Unembedding::Tied,
    ///     positions: Positions::Rotary { base: 100.0 },
    /// })?;
    /// let parameters = Parameters::init(&config, Init::default(), &mut Generator::from_seed(1));
    /// let mut decoder = Decoder::new(&parameters);
    /// assert_eq!(decoder.read(&[3, 1, 4])?.len(), 10);
    /// assert!(decoder.read(&[10]).is_err());
    /// assert_eq!(decoder.len(), 3);
    /// # Ok::<(), transformer::Error>(())
    /// ```
    pub fn read(&mut self, tokens: &[u16]) -> Result<&[f32], Error> {
        let (vocab_size, context_len) = (self.config.vocab_size(), self.config.context_len());
        if tokens.is_empty() {
            return Err(Error::NoTokens);
        }
        if tokens.len() > context_len - self.len {
            return Err(Error::SequenceTooLong { len: self.len + tokens.len(), context_len });
        }
        if let Some(position) = tokens.iter().position(|&token| usize::from(token) >= vocab_size) {
            return Err(Error::TokenOutOfRange { token: tokens[position], position, vocab_size });
        }
        for &token in tokens {
            self.step(token);
        }
        let Activations { residual, normed, logits, .. } = &mut self.activations;
        rms_norm::forward(normed, &mut [0.0], residual, &self.final_norm);
        apply(self.kernel, &self.unembedding, logits, normed, Write::Set);
        Ok(logits)
    }

    /// Where the last token read looked: its attention `[len]` to every token so far; empty before the first.
    ///
    /// # Errors
    /// [`Error::NoSuchHead`].
    pub fn attention(&self, layer: usize, head: usize) -> Result<&[f32], Error> {
        let (n_layer, n_head) = (self.config.n_layer(), self.config.n_head());
        match self.layers.get(layer) {
            Some(layer) if head < n_head => Ok(&layer.probs[head * self.config.context_len()..][..self.len]),
            _ => Err(Error::NoSuchHead { layer, head, n_layer, n_head }),
        }
    }

    /// Adds one token, up to the residual stream after the last layer.
    fn step(&mut self, token: u16) {
        let Self { config, kernel, rotations, positions, layers, ablated, activations, .. } = self;
        let Activations { residual, normed, qkv, mixed, hidden, rectified, .. } = activations;
        let position = self.len;
        embedding::forward(residual, &self.embedding, &[token], config.input_scale());
        if let Some(table) = positions {
            let d_model = config.d_model();
            embedding::add_positions(residual, &table[position * d_model..], 1, d_model);
        }
        for (index, layer) in layers.iter_mut().enumerate() {
            rms_norm::forward(normed, &mut [0.0], residual, &layer.attention_norm);
            apply(*kernel, &layer.query_key_value, qkv, normed, Write::Set);
            if let Some(rotations) = rotations {
                rotations.forward(&mut qkv[..2 * config.d_model()], position);
            }
            layer.attend(config, position, mixed, qkv);
            for head in ablated.of_layer(index) {
                mixed[head * config.d_head()..][..config.d_head()].fill(0.0);
            }
            apply(*kernel, &layer.attention_output, residual, mixed, Write::Add);
            if let Some(mlp) = &layer.mlp {
                rms_norm::forward(normed, &mut [0.0], residual, &mlp.norm);
                apply(*kernel, &mlp.up, hidden, normed, Write::Set);
                relu_squared::forward(rectified, hidden);
                apply(*kernel, &mlp.down, residual, rectified, Write::Add);
            }
        }
        self.len += 1;
    }
}

impl Layer {
    /// Keeps a token's key and value and writes the mix `[n_head, d_head]` of all values so far.
    #[cfg_attr(simd128, target_feature(enable = "simd128"))]
    fn attend(&mut self, config: &Config, position: usize, mixed: &mut [f32], qkv: &[f32]) {
        let (context_len, d_model, d_head) = (config.context_len(), config.d_model(), config.d_head());
        let scale = 1.0 / (d_head as f32).sqrt();
        for (head, mixed) in mixed.chunks_exact_mut(d_head).enumerate() {
            let part = |part: usize| -> Range<usize> {
                let start = part * d_model + head * d_head;
                start..start + d_head
            };
            let seen = head * context_len * d_head..(head * context_len + position + 1) * d_head;
            let (keys, values) = (&mut self.keys[seen.clone()], &mut self.values[seen]);
            keys[position * d_head..].copy_from_slice(&qkv[part(1)]);
            values[position * d_head..].copy_from_slice(&qkv[part(2)]);

            let probs = &mut self.probs[head * context_len..][..=position];
            for (prob, key) in probs.iter_mut().zip(keys.chunks_exact(d_head)) {
                *prob = reduce::dot(&qkv[part(0)], key);
            }
            softmax::in_place(probs, scale);
            mixed.fill(0.0);
            for (prob, value) in probs.iter().zip(values.chunks_exact(d_head)) {
                let prob = Lanes::all(*prob);
                lanes::each(mixed, [value], |mixed, [value]| mixed.plus(prob.times(value)));
            }
        }
    }
}

/// Multiplies one row by a packed weight.
fn apply(kernel: Kernel, weight: &Packed, out: &mut [f32], input: &[f32], write: Write) {
    let (inputs, outputs) = (input.len(), out.len());
    let out = MatrixMut::new(out, 1, outputs);
    matrix::multiply(kernel, out, Matrix::new(input, 1, inputs), weight, 0..inputs, write);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Architecture, Generator, Init, Sequences, Unembedding, model};

    const DECODER: Architecture = Architecture {
        vocab_size: 23,
        context_len: 20,
        n_layer: 2,
        n_head: 4,
        d_model: 16,
        d_ff: Some(64),
        unembedding: Unembedding::Tied,
        positions: Positions::Rotary { base: 100.0 },
    };

    fn random(architecture: Architecture) -> (Parameters, Vec<u16>) {
        let config = Config::new(architecture).unwrap();
        let generator = &mut Generator::from_seed(4);
        let parameters = Parameters::init(&config, Init::default(), generator);
        let tokens = (0..config.context_len()).map(|_| generator.below(23) as u16).collect();
        (parameters, tokens)
    }

    /// Sums in another order: a few units in the last place of logits of order one, deepened by four blocks.
    fn assert_close(a: &[f32], b: &[f32]) {
        assert_eq!(a.len(), b.len());
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 2e-5), "{a:?}\n{b:?}");
    }

    #[test]
    fn every_token_gets_the_logits_and_attention_of_the_full_forward_pass() {
        let attention_only = Architecture { d_ff: None, unembedding: Unembedding::Untied, ..DECODER };
        for architecture in [
            DECODER,
            Architecture { n_layer: 1, n_head: 1, ..DECODER },
            attention_only,
            Architecture { context_len: 1, ..attention_only },
            Architecture { positions: Positions::Learned, ..attention_only },
        ] {
            let (parameters, tokens) = random(architecture);
            let config = parameters.config();
            let mut workspace = model::Workspace::new(config);
            let mut heads = HeadSet::new(config);
            heads.insert(config.n_layer() - 1, config.n_head() - 1).unwrap();
            for heads in [HeadSet::new(config), heads] {
                let mut decoder = Decoder::new(&parameters);
                decoder.ablate(heads.clone());
                let sequences = Sequences::new(config, &tokens, tokens.len()).unwrap();
                let full = model::forward_without(&mut workspace, &parameters, sequences, &heads).to_vec();
                for (position, row) in full.chunks(23).enumerate() {
                    assert_close(decoder.read(&tokens[position..=position]).unwrap(), row);
                    let map = workspace.attention_map(0, 0, 0).unwrap();
                    let seen = &map[position * tokens.len()..][..=position];
                    assert_close(decoder.attention(0, 0).unwrap(), seen);
                }
            }
        }
    }

    #[test]
    fn a_prompt_equals_its_tokens_one_by_one_also_after_clearing() {
        let (parameters, tokens) = random(DECODER);
        let mut decoder = Decoder::new(&parameters);
        let whole = decoder.read(&tokens[..7]).unwrap().to_vec();
        decoder.clear();
        decoder.read(&tokens[..6]).unwrap();
        assert_eq!(decoder.read(&tokens[6..7]).unwrap(), whole);
    }

    #[test]
    fn bad_prompts_are_errors_and_leave_the_decoder_as_it_was() {
        let (parameters, tokens) = random(DECODER);
        let mut decoder = Decoder::new(&parameters);
        assert_eq!(decoder.read(&[]).unwrap_err(), Error::NoTokens);
        assert_eq!(
            decoder.read(&[1, 23]).unwrap_err(),
            Error::TokenOutOfRange { token: 23, position: 1, vocab_size: 23 }
        );
        assert!(decoder.is_empty());
        decoder.read(&tokens).unwrap();
        assert_eq!(decoder.read(&[0]).unwrap_err(), Error::SequenceTooLong { len: 21, context_len: 20 });
        assert_eq!(decoder.len(), 20);
        assert!(decoder.attention(0, 4).is_err());
    }
}
